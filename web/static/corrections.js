// What each correction does to a state of the board, so that it shows before the server has answered.

const columns = (state) => [...state.themes, state.loose];

const column = (state, themeId) => columns(state).find((one) => one.id === themeId);

function take(state, ideaId) {
  for (const one of columns(state)) {
    const index = one.ideas.findIndex((idea) => idea.id === ideaId);
    if (index >= 0) return { from: one, idea: one.ideas.splice(index, 1)[0] };
  }
  return null;
}

// By number, as the server gives them: what moves on its own would move twice.
function put(one, ideas) {
  one.ideas = [...one.ideas, ...ideas].sort((first, second) => first.number - second.number);
}

export const move = (ideaId, themeId) => (state) => {
  const target = column(state, themeId);
  if (!target || target.ideas.some((idea) => idea.id === ideaId)) return;
  const taken = take(state, ideaId);
  if (!taken) return;
  put(target, [{ ...taken.idea, isPinned: true }]);
  if (taken.idea.isHidden) return;
  recount(taken.from, -1);
  recount(target, 1);
};

export const rename = (themeId, label) => (state) => {
  const theme = column(state, themeId);
  if (theme) theme.label = label.trim() || theme.found;
};

export const merge = (keptId, mergedId) => (state) => {
  const [kept, merged] = [column(state, keptId), column(state, mergedId)];
  if (!kept || !merged) return;
  put(kept, merged.ideas.map((idea) => ({ ...idea, isPinned: true })));
  recount(kept, merged.count);
  state.themes = state.themes.filter((theme) => theme !== merged);
};

export const hide = (ideaId, isHidden) => (state) => {
  for (const one of columns(state)) {
    const idea = one.ideas.find((other) => other.id === ideaId);
    if (!idea || idea.isHidden === isHidden) continue;
    idea.isHidden = isHidden;
    recount(one, isHidden ? -1 : 1);
  }
};

export const unite = (keptId, copyId) => (state) => {
  const taken = take(state, copyId);
  if (taken && !taken.idea.isHidden) recount(taken.from, -1);
  const { copies } = state.proposals;
  state.proposals.copies = copies.filter(({ kept, copy }) => ![kept.id, copy.id].includes(copyId));
};

// The exact sentence comes with the next state; meanwhile only its figure changes.
function recount(one, difference) {
  one.countSentence = one.countSentence.replace(/\d+/, String(one.count + difference));
  one.count += difference;
}
