// Corrections as they are made: shown at once, posted in order, and taken back with a sentence when the server refuses.

/**
 * `draw(state)` shows a state; `tell(sentence)` what was done; `complain(sentence)` what was refused.
 * A change is { path, body, apply(state) }: `apply` alters a copy of the server's state and may run several times.
 */
export function ledger({ address, token, draw, tell, complain, failed }) {
  let server = null;
  let pending = [];
  let queue = Promise.resolve();

  function redraw() {
    if (server) draw(pending.reduce((state, change) => (change.apply(state), state), structuredClone(server)));
  }

  function receive(state) {
    server = state;
    // Every state whose tick is above the one a change was answered with includes that change.
    pending = pending.filter((change) => change.tick === null || change.tick >= state.tick);
    redraw();
  }

  /** After a cut the server may have begun to count again: what it confirmed is in the state it sends. */
  function reconnected() {
    pending = pending.filter((change) => change.tick === null);
  }

  function make(path, body, apply = () => {}) {
    const change = { apply, tick: null };
    pending.push(change);
    redraw();
    queue = queue.then(() => post(path, body, change));
    return queue;
  }

  async function post(path, body, change) {
    try {
      const answer = await fetch(`${address}/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token },
        body: JSON.stringify(body),
      });
      const { tick, sentence } = await answer.json();
      if (!answer.ok) return takeBack(change, sentence);
      change.tick = tick;
      tell(sentence);
    } catch {
      takeBack(change, failed);
    }
  }

  function takeBack(change, sentence) {
    pending = pending.filter((other) => other !== change);
    redraw();
    complain(sentence);
  }

  return { receive, reconnected, make };
}
