// Follows a stream of states: comes back by itself after a cut, notices a line that died without saying so.

const SILENCE = 35_000; // ms; the server gives a sign of life every 15 s
const RETRY = 3_000;

/**
 * Call `onState(state)` with the full state at once and after each change, `onLink(isLive)` when the line changes.
 * Returns a function that stops following.
 */
export function follow(address, { onState, onLink }) {
  let source = null;
  let watchdog = 0;
  let retry = 0;
  let isOver = false;

  function open() {
    source?.close();
    source = new EventSource(address);
    source.addEventListener("state", (event) => {
      alive();
      onState(JSON.parse(event.data));
    });
    source.addEventListener("beat", alive);
    source.addEventListener("error", cut);
    watch();
  }

  function alive() {
    onLink(true);
    watch();
  }

  function watch() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      onLink(false);
      open();
    }, SILENCE);
  }

  function cut() {
    if (isOver) return;
    onLink(false);
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    clearTimeout(retry);
    retry = setTimeout(reopen, RETRY + Math.random() * RETRY);
  }

  // The server said no: a session that is over or a workshop that is gone is told by the page itself.
  async function reopen() {
    if (isOver) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
      if ([401, 403, 404].includes(answer.status)) return location.reload();
    } catch {
      // still cut: the stream will tell when it is back
    }
    open();
  }

  function stop() {
    isOver = true;
    clearTimeout(watchdog);
    clearTimeout(retry);
    source?.close();
  }

  addEventListener("pagehide", stop, { once: true });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("online", () => isOver || open());
  open();
  return stop;
}
