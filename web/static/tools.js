// The few things one does on a projected page: full screen (F), the QR code (Q), a pause (P), the cloud of the ideas (N).

const JOIN_ORDER = ["rail", "whole", "none"];
const QUIET_AFTER = 3_000;

/** Returns `showJoin(isAlone)`: with no question on the stage, the QR code has it all; and `offerCloud(isThere)`. */
export function tools({ onPause, onJoin, onCloud }) {
  const stage = document.getElementById("stage");
  const bar = document.getElementById("tools");
  const pause = document.getElementById("pause");
  let chosen = "rail";
  let isAlone = stage.dataset.join === "whole";
  let quiet = 0;

  const draw = () => {
    const wanted = isAlone ? "whole" : chosen;
    if (stage.dataset.join === wanted) return;
    stage.dataset.join = wanted;
    onJoin();
  };
  const actions = {
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    q: () => {
      chosen = JOIN_ORDER[(JOIN_ORDER.indexOf(chosen) + 1) % JOIN_ORDER.length];
      draw();
    },
    p: () => {
      const isPaused = pause.getAttribute("aria-pressed") !== "true";
      pause.setAttribute("aria-pressed", isPaused);
      onPause(isPaused);
    },
  };

  const cloud = document.getElementById("cloud");
  actions.n = () => {
    if (cloud.hidden) return;
    const isShown = cloud.getAttribute("aria-pressed") !== "true";
    cloud.setAttribute("aria-pressed", isShown);
    onCloud(isShown);
  };
  cloud.addEventListener("click", actions.n);
  document.getElementById("full").addEventListener("click", actions.f);
  document.getElementById("join").addEventListener("click", actions.q);
  pause.addEventListener("click", actions.p);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    actions[event.key.toLowerCase()]?.();
  });
  addEventListener("pointermove", () => {
    bar.dataset.seen = "true";
    document.body.dataset.quiet = "false";
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      bar.dataset.seen = "false";
      document.body.dataset.quiet = "true";
    }, QUIET_AFTER);
  });

  return {
    offerCloud: (isThere) => (cloud.hidden = !isThere),
    showJoin: (alone) => {
      isAlone = alone;
      draw();
    },
  };
}
