/** The shares: title, link, progress, code, files. */
export const shareStyles = `
.total {
  margin-block-start: 24px;
  color: var(--muted);
  font-size: 0.9375em;
  font-variant-numeric: tabular-nums;
}
.shares {
  display: grid;
  gap: 16px;
}
.shares:not(:empty) { margin-block-start: 20px; }
.share {
  display: flex;
  flex-direction: column;
  gap: 12px;
  min-inline-size: 0;
  padding: clamp(16px, 3cqi, 24px);
  border: 1px solid var(--line);
  border-radius: calc(var(--radius) * 0.8);
  background: var(--surface);
}
.share:focus { outline: none; }
.share-head {
  display: flex;
  align-items: start;
  justify-content: space-between;
  gap: 12px;
}
.title {
  display: flex;
  flex: 1;
  align-items: start;
  gap: 4px;
  min-inline-size: 0;
  font-size: 1.0625em;
  line-height: 32px;
  font-weight: 620;
  overflow-wrap: anywhere;
}
.title bdi {
  display: -webkit-box;
  overflow: hidden;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  line-height: 1.5;
  padding-block: 4px;
}
.title input {
  flex: 1;
  min-inline-size: 0;
  min-block-size: 36px;
  padding: 4px 10px;
  border: 1px solid var(--border);
  border-radius: 10px;
  background: var(--surface);
  color: inherit;
  font: inherit;
  line-height: 1.5;
}
.share-link {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 12px;
  padding: 6px 6px 6px 16px;
  border-radius: 14px;
  background: var(--accent-soft);
}
.share-link a {
  flex: 1 1 200px;
  min-inline-size: 0;
  color: var(--text);
  font-size: 1.0625em;
  font-weight: 580;
  overflow-wrap: anywhere;
  text-underline-offset: 0.18em;
}
@container (width < 440px) {
  .share-link { padding: 14px; }
  .share-link .button, .actions, .actions .button { flex: 1 1 100%; }
}
.bar {
  inline-size: 100%;
  block-size: 8px;
  margin: 0;
  overflow: hidden;
  appearance: none;
  border: 0;
  border-radius: 4px;
  background: var(--track);
}
.bar::-webkit-progress-bar { background: transparent; }
.bar::-webkit-progress-value { border-radius: 4px; background: var(--accent); }
.bar::-moz-progress-bar { border-radius: 4px; background: var(--accent); }
.share-state {
  color: var(--muted);
  font-size: 0.9375em;
  font-variant-numeric: tabular-nums;
}
.share[data-state="done"] .share-state { color: var(--accent); font-weight: 580; }
.share[data-state="failed"] .share-state { color: var(--problem); }
.share[data-state="cancelled"] :is(.share-link, .share-more, .rename) { display: none; }
.share-more {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 28px;
  font-size: 0.9375em;
}
.share-more summary {
  min-block-size: 28px;
  color: var(--muted);
  cursor: pointer;
}
.file-list { flex: 1 1 260px; min-inline-size: 0; }
.file-list ul { max-block-size: 280px; overflow-y: auto; }
.file-list li {
  display: flex;
  align-items: center;
  gap: 4px 12px;
  min-block-size: 40px;
  padding-block: 4px;
  border-block-start: 1px solid var(--line);
  font-size: 0.9375em;
}
.file-name { flex: 1; min-inline-size: 0; overflow-wrap: anywhere; }
.file-state { flex: none; color: var(--muted); font-variant-numeric: tabular-nums; }
.left-out .file-name { display: none; }
.left-out .file-state { flex: 1; min-inline-size: 0; overflow-wrap: anywhere; }
.qr svg {
  display: block;
  inline-size: 168px;
  block-size: 168px;
  margin-block-start: 8px;
  border-radius: 14px;
  /* Black on white in both schemes: not every camera reads it the other way round. */
  background: #ffffff;
  fill: #000000;
  shape-rendering: crispedges;
  forced-color-adjust: none;
}
@media (forced-colors: active) {
  .bar { border: 1px solid CanvasText; }
  .bar::-webkit-progress-value { background: Highlight; forced-color-adjust: none; }
  .bar::-moz-progress-bar { background: Highlight; forced-color-adjust: none; }
}
`;
