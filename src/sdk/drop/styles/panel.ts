/**
 * Colours, buttons and the place to drop. The properties on `:host` are the ones that pages set;
 * their defaults follow the `color-scheme` that the element inherits, and the shades of the accent follow the
 * accent. Text pairs have a contrast of
 * 4.5 : 1 at least.
 */
export const panelStyles = `
:host {
  --surface: var(--gett-surface, light-dark(#ffffff, #1b1d1f));
  --raised: var(--gett-raised, light-dark(#f5f6f7, #25282b));
  --line: var(--gett-line, light-dark(#dfe2e5, #3a3f44));
  --border: var(--gett-border, light-dark(#868d94, #7b838b));
  --text: var(--gett-text, light-dark(#1a1c1e, #eceef0));
  --muted: var(--gett-muted, light-dark(#5a6067, #a7aeb5));
  --accent: var(--gett-accent, light-dark(#1f7a3d, #4cc274));
  --accent-strong: var(--gett-accent-strong, color-mix(in srgb, var(--accent), light-dark(#000, #fff) 20%));
  --accent-soft: var(--gett-accent-soft, color-mix(in srgb, var(--accent) 11%, var(--surface)));
  --on-accent: var(--gett-on-accent, light-dark(#ffffff, #10231a));
  --problem: var(--gett-problem, light-dark(#b3261e, #ff8a80));
  --focus: var(--gett-focus, light-dark(#0b57d0, #9cc3ff));
  --track: var(--gett-track, color-mix(in srgb, var(--accent) 25%, var(--surface)));
  --radius: var(--gett-radius, 24px);
  display: block;
  position: relative;
  min-inline-size: 0;
  container-type: inline-size;
  color: var(--text);
  font: var(--gett-font, 1rem/1.5 system-ui, sans-serif);
  text-align: start;
  background: var(--surface);
}
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
:focus-visible {
  outline: 2px solid var(--focus);
  outline-offset: 3px;
  border-radius: 6px;
}
.hidden {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}
.icon {
  flex: none;
  inline-size: 1.25em;
  block-size: 1.25em;
  fill: none;
  stroke: currentcolor;
  stroke-width: 1.6;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
  min-block-size: 44px;
  padding: 8px 18px;
  border: 1px solid var(--border);
  border-radius: 12px;
  background: var(--surface);
  color: var(--text);
  font: inherit;
  font-size: 0.9375em;
  font-weight: 580;
  white-space: nowrap;
  cursor: pointer;
}
.button:hover { background: var(--raised); }
.button.main {
  border-color: var(--accent);
  background: var(--accent);
  color: var(--on-accent);
}
.button.main:hover {
  border-color: var(--accent-strong);
  background: var(--accent-strong);
}
.button:disabled {
  border-color: var(--line);
  background: var(--raised);
  color: var(--muted);
  cursor: default;
}
.plain {
  min-block-size: 32px;
  padding: 4px 8px;
  border: 0;
  border-radius: 8px;
  background: none;
  color: var(--muted);
  font: inherit;
  font-size: 0.875em;
  text-decoration: underline;
  text-decoration-color: var(--border);
  text-underline-offset: 0.22em;
  cursor: pointer;
}
.plain:hover { color: var(--text); }
.icon-button {
  display: inline-grid;
  flex: none;
  place-items: center;
  inline-size: 32px;
  block-size: 32px;
  padding: 0;
  border: 0;
  border-radius: 10px;
  background: none;
  color: var(--muted);
  font: inherit;
  cursor: pointer;
}
.icon-button:hover {
  background: var(--accent-soft);
  color: var(--accent);
}
.actions {
  display: flex;
  flex-wrap: wrap;
  gap: 12px;
}
.target {
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 20px;
  padding: clamp(28px, 8cqi, 64px) 20px;
  border: 2px dashed var(--border);
  border-radius: var(--radius);
  text-align: center;
}
.target .actions { justify-content: center; }
.medal {
  display: grid;
  place-items: center;
  inline-size: 80px;
  block-size: 80px;
  border-radius: 26px;
  background: var(--accent-soft);
  color: var(--accent);
  font-size: 1.875em;
}
.invitation {
  font-size: clamp(1.0625em, 1em + 1cqi, 1.5em);
  line-height: 1.35;
  font-weight: 620;
  letter-spacing: -0.012em;
  text-wrap: balance;
}
.note {
  max-inline-size: 34em;
  color: var(--muted);
  font-size: 0.9375em;
  text-wrap: balance;
}
.problem {
  margin-block-start: 12px;
  color: var(--problem);
  font-weight: 560;
  overflow-wrap: anywhere;
}
.question {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 12px 24px;
  margin-block-start: 16px;
  padding: 16px clamp(16px, 3cqi, 24px);
  border: 1px solid var(--accent);
  border-radius: calc(var(--radius) * 0.8);
  background: var(--accent-soft);
  font-weight: 580;
}
.drag {
  position: absolute;
  inset: 0;
  z-index: 1;
  display: grid;
  place-items: center;
  border: 3px dashed var(--accent);
  border-radius: var(--radius);
  background: color-mix(in srgb, var(--accent-soft) 92%, transparent);
  color: var(--accent);
  font-size: clamp(1.125em, 1em + 1.6cqi, 2em);
  font-weight: 650;
  text-align: center;
  pointer-events: none;
}
.drag.whole { position: fixed; inset: 12px; }
@media (prefers-reduced-motion: no-preference) {
  .button, .icon-button { transition: background-color 120ms, border-color 120ms, color 120ms; }
}
@media (forced-colors: active) {
  .medal, .drag, .question { border: 2px solid CanvasText; }
  .button.main { border: 2px solid LinkText; }
  .icon-button { border: 1px solid ButtonText; }
}
`;
