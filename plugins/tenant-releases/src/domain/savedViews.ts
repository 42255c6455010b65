import { z } from 'zod';

/** A view of the Tenants page under a name. */
export interface SavedView {
  name: string;
  /** The URL's parameters, without `?`. */
  search: string;
}

const maxNameLength = 60;
const maxViews = 30;
const viewSchema = z.object({
  name: z.string().trim().min(1).max(maxNameLength),
  search: z.string().max(2_000),
});

/** Reads what the browser has stored; what cannot be read is left out, for it may be from another version. */
export function readViews(stored: unknown): SavedView[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap(item => viewSchema.safeParse(item).data ?? []).slice(0, maxViews);
}

/** Why a view cannot be saved under this name; `undefined` when it can. */
export function viewNameProblem(views: readonly SavedView[], name: string): string | undefined {
  const trimmed = name.trim();
  if (trimmed.length === 0) return 'Give the view a name.';
  if (trimmed.length > maxNameLength) return `At most ${maxNameLength} characters.`;
  const isNew = !views.some(view => view.name === trimmed);
  return isNew && views.length >= maxViews ? `There are ${maxViews} views already.` : undefined;
}

/** Adds a view, or changes the one of this name. */
export function saveView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const saved = { name: view.name.trim(), search: canonicalSearch(view.search) };
  return [...removeView(views, saved.name), saved].sort((a, b) => a.name.localeCompare(b.name));
}

/** Takes a view away. */
export function removeView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter(view => view.name !== name);
}

/** The view that a URL shows. */
export function findView(views: readonly SavedView[], search: string): SavedView | undefined {
  const wanted = canonicalSearch(search);
  return views.find(view => view.search === wanted);
}

/** Parameters in an order of their own, so that the same view is the same text. */
function canonicalSearch(search: string): string {
  const parameters = new URLSearchParams(search);
  parameters.sort();
  return parameters.toString();
}
