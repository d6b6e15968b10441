// Counts down to a moment by the server's clock, not by that of the machine that projects.

/** Returns `aim(now, until)`: the server's time and the moment aimed at, in ms (null: nothing to count). */
export function countdown(box, face) {
  let offset = 0;
  let until = null;
  let ticking = 0;

  function tick() {
    const left = Math.max(0, Math.ceil((until - (Date.now() + offset)) / 1000));
    face.textContent = inWords(left);
    box.dataset.urgent = left <= 10;
  }

  return (now, moment) => {
    offset = now - Date.now();
    until = moment;
    box.hidden = moment === null;
    clearInterval(ticking);
    if (moment === null) return;
    tick();
    ticking = setInterval(tick, 250);
  };
}

function inWords(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}
