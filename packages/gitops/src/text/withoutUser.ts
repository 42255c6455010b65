/** A text with addresses, without who asks them: files hold addresses with tokens. */
export function withoutUser(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/g, '//');
}
