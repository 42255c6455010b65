/**
 * Puts text on the clipboard.
 *
 * @returns false when the browser does not let the page: without HTTPS there is no clipboard
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
