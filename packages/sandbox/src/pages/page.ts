import { escapeHtml } from './escapeHtml';
import { pageStyle } from './pageStyle';

/**
 * A whole page of one of the embedded servers.
 * @param title - plain text.
 * @param standInFor - the product that the page stands in for, plain text: `Argo CD`.
 * @param bodyHtml - HTML: everything in it must be escaped already.
 */
export function page(title: string, standInFor: string, bodyHtml: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<p class="stand-in" role="note">Embedded stand-in for <strong>${escapeHtml(standInFor)}</strong></p>
<main>
<h1>${escapeHtml(title)}</h1>
${bodyHtml}
</main>
</body>
</html>
`;
}

/** The headers of a page: nothing in it may load or run anything. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
  'X-Content-Type-Options': 'nosniff',
} as const;
