// The sentences the page brings with it, in the language of whoever reads; the server writes them.

const sentences = JSON.parse(document.body.dataset.say ?? "{}");

/** The sentence of this name, with each `{name}` filled in. */
export function say(name, details = {}) {
  return sentences[name].replace(/\{(\w+)\}/g, (whole, key) => (key in details ? String(details[key]) : whole));
}

/** Tell a screen reader something, at most once every `pace` ms: the newest sentence wins. */
export function teller(node, pace) {
  let last = 0;
  let waiting = 0;
  let next = "";
  return (sentence, isUrgent = false) => {
    next = sentence;
    if (isUrgent) last = 0;
    clearTimeout(waiting);
    waiting = setTimeout(
      () => {
        last = Date.now();
        if (node.textContent !== next) node.textContent = next;
      },
      Math.max(0, last + pace - Date.now()),
    );
  };
}
