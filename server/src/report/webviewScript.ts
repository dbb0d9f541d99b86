/**
 * All that runs in a page inside the editor: a click on what carries a message sends it, and the place where the reader was is kept, over
 * a renewal of the page and over a restart of the editor. It reads no text of the writer's and writes none into the page.
 */
export const WEBVIEW_SCRIPT = `
'use strict';
const editor = acquireVsCodeApi();
const own = JSON.parse(document.body.dataset.state);
const before = editor.getState();
const kept = before && before.key === own.key ? before : { scroll: 0, folded: {} };
const folds = Array.from(document.querySelectorAll('details[id]'));
for (const fold of folds) {
  if (fold.id in kept.folded) fold.open = kept.folded[fold.id];
  fold.addEventListener('toggle', keep);
}
function keep() {
  const folded = {};
  for (const fold of folds) folded[fold.id] = fold.open;
  editor.setState(Object.assign({}, own, { scroll: window.scrollY, folded: folded }));
}
window.scrollTo(0, kept.scroll);
keep();
let isDue = false;
window.addEventListener('scroll', function () {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(function () { isDue = false; keep(); });
}, { passive: true });
document.addEventListener('click', function (event) {
  const sender = event.target instanceof Element ? event.target.closest('[data-message]') : null;
  if (sender) editor.postMessage(JSON.parse(sender.getAttribute('data-message')));
});
`;
