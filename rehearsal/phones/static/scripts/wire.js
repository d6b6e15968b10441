// The line to the server: one WebSocket that opens itself again whenever it falls.

const SHORTEST = 400;
const LONGEST = 6000;

/** `receive` gets each message; `tell(open)` says whether the line is up. Returns what sends a gesture. */
export function openWire(receive, tell) {
  const address = new URL("line", document.baseURI);
  address.protocol = address.protocol.replace("http", "ws");
  let socket;
  let delay = SHORTEST;

  function open() {
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      delay = SHORTEST;
      tell(true);
    });
    socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      tell(false);
      setTimeout(open, delay);
      delay = Math.min(delay * 1.7, LONGEST);
    });
  }

  open();
  return (gesture) => {
    if (socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(gesture));
    return true;
  };
}
