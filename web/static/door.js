// Takes the code out of the address's fragment, which no server sees, and posts it.

const code = location.hash.slice(1);
if (code) {
  history.replaceState(null, "", location.pathname);
  const opening = document.getElementById("opening");
  opening.textContent = opening.dataset.opening;
  document.getElementById("code").value = decodeURIComponent(code);
  document.getElementById("door").requestSubmit();
}
