import { fireEvent } from '@testing-library/react';

/** A `Hint` takes its `title` away as soon as it opens, which it does for the keyboard and a touch too. */
function isHint(element: Element): boolean {
  fireEvent.mouseOver(element);
  const isOpening = !element.hasAttribute('title');
  fireEvent.mouseLeave(element);
  return isOpening;
}

/** What is read, or read out, where the element stands. */
function textAround(element: Element): string {
  const place = element.closest('[role=rowheader], [role=gridcell], th, td') ?? element;
  const labelled = [place, ...place.querySelectorAll('[aria-label]')];
  return [place.textContent, ...labelled.map(one => one.getAttribute('aria-label'))].join(' ');
}

/**
 * Looks at every `title` of the page.
 *
 * @returns how many there are, and those which only a pointer reaches: neither a `Hint` nor said in their place
 */
export function examineTitles(): { titles: number; titleOnly: string[] } {
  const elements = [...document.querySelectorAll('body [title]')];
  const titleOnly = elements.flatMap(element => {
    const title = element.getAttribute('title') ?? '';
    return textAround(element).includes(title) || isHint(element) ? [] : [title];
  });
  return { titles: elements.length, titleOnly };
}
