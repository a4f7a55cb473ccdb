/** The overlay brings its own style: nothing of the page's reaches into its shadow. */
export const STYLE = `
:host {
  --accent: light-dark(#1f7a3d, #4cc274);
  --on-accent: light-dark(#ffffff, #10231a);
  --surface: light-dark(#ffffff, #1b1d1f);
  --text: light-dark(#1a1c1e, #eceef0);
  --border: light-dark(#868d94, #7b838b);
  --focus: light-dark(#0b57d0, #9cc3ff);
}
* { box-sizing: border-box; }
.veil {
  position: fixed; inset: 0; overflow: hidden; outline: 0;
  font: 13px/18px system-ui, sans-serif; color: var(--text);
  background: rgb(0 0 0 / 45%); cursor: crosshair;
  touch-action: none; user-select: none; -webkit-user-select: none;
}
.veil.chosen { background: none; }
.hint, .size, .bar { background: var(--surface); border-radius: 8px; box-shadow: 0 2px 12px rgb(0 0 0 / 35%); }
.hint {
  position: absolute; inset-block-start: 24px; inset-inline: 24px; margin-inline: auto;
  inline-size: fit-content; padding: 10px 16px; text-align: center; pointer-events: none;
}
.frame {
  position: absolute; cursor: move;
  box-shadow: 0 0 0 1.5px #fff, 0 0 0 3px var(--accent), 0 0 0 9999px rgb(0 0 0 / 45%);
}
.handle {
  position: absolute; inline-size: 24px; block-size: 24px; margin: -12px; display: grid; place-items: center;
}
.handle::after {
  content: ''; inline-size: 10px; block-size: 10px; border-radius: 50%;
  background: #fff; border: 2px solid var(--accent); box-shadow: 0 0 0 1px #fff;
}
.n, .s { left: 50%; cursor: ns-resize; } .e, .w { top: 50%; cursor: ew-resize; }
.nw, .n, .ne { top: 0; } .sw, .s, .se { top: 100%; }
.nw, .w, .sw { left: 0; } .ne, .e, .se { left: 100%; }
.nw, .se { cursor: nwse-resize; } .ne, .sw { cursor: nesw-resize; }
.size, .bar { position: absolute; }
.size { padding: 2px 8px; font-variant-numeric: tabular-nums; white-space: nowrap; pointer-events: none; }
.bar { display: flex; gap: 8px; padding: 6px; cursor: default; white-space: nowrap; }
button {
  font: inherit; font-weight: 550; min-block-size: 32px; padding: 4px 14px; cursor: pointer;
  border: 1px solid var(--border); border-radius: 8px; background: var(--surface); color: var(--text);
}
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
[hidden] { display: none; }
@media (forced-colors: active) {
  .frame { outline: 2px solid Highlight; } .handle::after { border-color: Highlight; }
}
`;
