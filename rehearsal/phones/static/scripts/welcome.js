// What a phone shows before its owner has started the bot: what the bot is, and the ways in.
import { icon, make, mark } from "./dom.js";

const BEGIN = "Commencez ici : l’invitation fait de ce téléphone celui de l’animation.";
const JOIN = "Le code est celui que la salle voit à l’écran.";
const WAIT = "Le code apparaîtra ici dès que l’animation aura ouvert un atelier.";

/** `code` is a start parameter, or empty; `invites` when this person may be let in as a facilitator. */
export function drawWelcome(profile, { code, invites }, acts) {
  return make(
    "div", { class: "welcome" },
    mark(),
    make("h2", {}, profile.name),
    profile.description ? make("p", {}, profile.description) : null,
    make("p", {}, invites ? BEGIN : code ? JOIN : WAIT),
    invites ? drawInvitation(acts) : drawJoin(code, acts),
    make("button", { type: "button", class: "quiet", onclick: () => acts.start("") }, "Démarrer sans code"),
  );
}

function drawInvitation(acts) {
  return make(
    "button", { type: "button", class: "strong", onclick: () => acts.invitation() },
    icon("qr"), "Ouvrir mon invitation",
  );
}

function drawJoin(code, acts) {
  const field = make("input", {
    value: code, placeholder: "Code de l’atelier", "aria-label": "Code de l’atelier", autocomplete: "off", spellcheck: "false", required: true,
  });
  const join = (event) => {
    event.preventDefault();
    acts.start(field.value.trim());
  };
  return make(
    "form", { onsubmit: join },
    field, make("button", { type: "submit", class: "strong" }, icon("qr"), "Rejoindre avec le code"),
  );
}
