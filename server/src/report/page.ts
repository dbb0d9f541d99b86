import { escape, html, type Content } from './html.js';
import { PAGE_STYLE } from './style.js';
import { WEBVIEW_SCRIPT } from './webviewScript.js';

/** Where a page is shown. */
export type Place =
  /** A file: no script, and its one style sheet is allowed by its hash (`'sha256-…'` of `PAGE_STYLE`). */
  | { readonly kind: 'file'; readonly styleHash: string }
  /** A webview of the editor: style sheet and script are allowed by a nonce made for this page; `state` (JSON) brings the page back later. */
  | { readonly kind: 'webview'; readonly nonce: string; readonly state: string };

/** A whole HTML page that loads nothing: a strict content security policy, the style inside, a script in the editor only. */
export function page(title: string, body: Content, place: Place): string {
  const isWebview = place.kind === 'webview';
  const nonce = isWebview ? ` nonce="${escape(place.nonce)}"` : '';
  const policy = [
    "default-src 'none'",
    `style-src ${isWebview ? `'nonce-${place.nonce}'` : place.styleHash}`,
    ...(isWebview ? [`script-src 'nonce-${place.nonce}'`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // The style sheet and the script are ours, to the last character, and so the only two things here that are not escaped.
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style${nonce}>${PAGE_STYLE}</style>
</head>
<body${isWebview ? ` data-state="${escape(place.state)}"` : ''}>
${html`${body}`.text}
${isWebview ? `<script${nonce}>${WEBVIEW_SCRIPT}</script>\n` : ''}</body>
</html>
`;
}
