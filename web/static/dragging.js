// Drags a post-it to another column, with a mouse or (by its handle) a finger; the keyboard has « Déplacer… ».

const THRESHOLD = 6; // px before a press becomes a drag
const EDGE = 60; // px from the side of the board where it begins to scroll

/** Call `onDrop(ideaId, themeId or null)` when a post-it is let go over another column. */
export function dragPosts(board, onDrop) {
  let drag = null;

  board.addEventListener("pointerdown", (event) => {
    const post = event.target.closest(".post");
    if (!post || event.button !== 0 || event.target.closest("button, input, a")) return;
    if (event.pointerType !== "mouse" && !event.target.closest(".grip")) return;
    drag = { post, pointer: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, over: null };
  });

  addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.ghost && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < THRESHOLD) return;
    if (!drag.ghost) begin();
    event.preventDefault();
    drag.ghost.style.transform = `translate(${event.clientX - drag.dx}px, ${event.clientY - drag.dy}px)`;
    hover(document.elementFromPoint(event.clientX, event.clientY)?.closest(".column") ?? null);
    const { left, right } = board.getBoundingClientRect();
    if (event.clientX > right - EDGE) board.scrollLeft += 14;
    if (event.clientX < left + EDGE) board.scrollLeft -= 14;
  });

  addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { over, post } = drag;
    end();
    if (over && over !== post.closest(".column")) onDrop(Number(post.dataset.ideaId), Number(over.dataset.themeId) || null);
  });
  addEventListener("pointercancel", end);
  addEventListener("keydown", (event) => event.key === "Escape" && end());

  function begin() {
    const box = drag.post.getBoundingClientRect();
    drag.dx = drag.x - box.left;
    drag.dy = drag.y - box.top;
    drag.ghost = drag.post.cloneNode(true);
    drag.ghost.classList.add("ghost", ...[...drag.post.closest(".column").classList].filter((name) => name.startsWith("theme-")));
    drag.ghost.style.width = `${box.width}px`;
    drag.ghost.setAttribute("aria-hidden", "true");
    document.body.append(drag.ghost);
    drag.post.dataset.dragged = "true";
    document.body.dataset.dragging = "true";
    getSelection().removeAllRanges();
  }

  function hover(column) {
    if (drag.over === column) return;
    if (drag.over) drag.over.dataset.over = "false";
    if (column) column.dataset.over = "true";
    drag.over = column;
  }

  function end() {
    if (drag?.ghost) {
      hover(null);
      drag.ghost.remove();
      drag.post.dataset.dragged = "false";
      document.body.dataset.dragging = "false";
    }
    drag = null;
  }
}
