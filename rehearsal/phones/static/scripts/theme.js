// Chooses light or dark before the first paint: the person's choice, or the system's.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem("palabre-theme");
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? "dark" : "light");
  };
  apply();
  system.addEventListener("change", apply);
  window.switchTheme = () => {
    const dark = document.documentElement.dataset.theme === "dark";
    localStorage.setItem("palabre-theme", dark ? "light" : "dark");
    apply();
  };
})();
