import { screen } from '@testing-library/react';

/** The first sentence of a page, whose clauses are elements of their own. */
export function findSentence(text: string): Promise<HTMLElement> {
  return screen.findByText(
    (_, element) => element?.tagName === 'P' && element.textContent === text,
  );
}
