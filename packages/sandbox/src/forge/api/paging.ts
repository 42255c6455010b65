import type { Request, Response } from 'express';
import { query } from './context';

/** Which part of a list is wanted. */
export interface Page {
  /** Counted from 1. */
  page: number;
  perPage: number;
}

/** Reads `page` and `per_page` as GitHub does: what makes no sense is the default. */
export function pageOf(req: Request, defaultPerPage = 30): Page {
  const whole = (text: string | undefined, fallback: number) =>
    /^\d{1,7}$/.test(text ?? '') && Number(text) > 0 ? Number(text) : fallback;
  return {
    page: whole(query(req, 'page'), 1),
    perPage: Math.min(whole(query(req, 'per_page'), defaultPerPage), 100),
  };
}

/** Sets the Link header of a list of `total` items. */
export function setLinks(req: Request, res: Response, base: string, page: Page, total: number) {
  const last = Math.max(1, Math.ceil(total / page.perPage));
  const url = (number: number) => {
    const target = new URL(req.originalUrl, base);
    target.searchParams.set('page', String(number));
    return target.toString();
  };
  const relations: Array<[string, number, boolean]> = [
    ['prev', page.page - 1, page.page > 1],
    ['next', page.page + 1, page.page < last],
    ['last', last, page.page < last],
    ['first', 1, page.page > 1],
  ];
  const links = relations
    .filter(([, , applies]) => applies)
    .map(([relation, number]) => `<${url(number)}>; rel="${relation}"`);
  if (links.length > 0) {
    res.set('Link', links.join(', '));
  }
}

/** The part of a list that is wanted, with the Link header set. */
export function paged<T>(req: Request, res: Response, base: string, items: T[]): T[] {
  const page = pageOf(req);
  setLinks(req, res, base, page, items.length);
  return items.slice((page.page - 1) * page.perPage, page.page * page.perPage);
}
