// Asks for one column among several, in a dialog that a keyboard, a finger or a screen reader can use.

import { el, typed } from "./dom.js";

const dialog = document.getElementById("picker");

/** Resolves to the column chosen ({ id, label, position }), or to null. The focus comes back where it was. */
export function pick(title, columns) {
  document.getElementById("picker-title").textContent = title;
  return new Promise((resolve) => {
    let chosen = null;
    const choices = columns.map((column) =>
      el(
        "button",
        {
          class: `button choice ${column.position === null ? "theme-none" : `theme-${column.position % 8}`}`,
          type: "button",
          onclick: () => {
            chosen = column;
            dialog.close();
          },
        },
        typed(column.label),
      ),
    );
    document.getElementById("choices").replaceChildren(...choices);
    dialog.addEventListener("close", () => resolve(chosen), { once: true });
    dialog.showModal();
    choices[0]?.focus();
  });
}

/** The arrows go from choice to choice, as in a menu. */
dialog.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const choices = [...dialog.querySelectorAll(".choice")];
  const next = choices.indexOf(document.activeElement) + step;
  choices[(next + choices.length) % choices.length]?.focus();
});
