export { escapeHtml } from './escapeHtml';
export { Html, html } from './html';
export { page, pageHeaders } from './page';
