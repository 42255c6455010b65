import type { Page, Route } from 'playwright-core';

/** How the portal's API answers while a picture is taken. */
export type Mood = 'loading' | 'error' | 'empty' | 'stale';

/** Every mood there is. */
export const moods: readonly Mood[] = ['loading', 'error', 'empty', 'stale'];

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const away = { state: 'down', error: 'The host does not answer', ageSeconds: 190 };

/** The answer, with all lists empty. */
function emptied(answer: Json): Json {
  const counts = isObject(answer.counts)
    ? Object.fromEntries(Object.keys(answer.counts).map(key => [key, 0]))
    : undefined;
  return {
    ...answer,
    ...(Array.isArray(answer.items) ? { items: [] } : {}),
    ...('totalItems' in answer ? { totalItems: 0 } : {}),
    ...(counts ? { counts } : {}),
    nextCursor: undefined,
  };
}

/** The answer, as old as if all upstreams had been away for three minutes. */
function aged(answer: Json): Json {
  const isSource = (value: unknown) => isObject(value) && 'ageSeconds' in value && 'kind' in value;
  const age = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(age);
    if (!isObject(value)) return value;
    if (isSource(value)) return { ...value, ...away };
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, age(part)]));
  };
  const stale = (value: unknown) =>
    isObject(value) && 'tenant' in value && 'state' in value
      ? { ...value, staleSeconds: 190 }
      : value;
  const old = age(answer) as Json;
  return Array.isArray(old.items) ? { ...old, items: old.items.map(stale) } : (stale(old) as Json);
}

async function rewrite(route: Route, change: (answer: Json) => Json): Promise<void> {
  const response = await route.fetch();
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok() || !isObject(answer)) return route.fulfill({ response });
  return route.fulfill({ response, json: change(answer) });
}

/** Has the page's calls of tenant-releases answered in that mood; changes are not told any more. */
export async function setMood(page: Page, mood: Mood): Promise<void> {
  await page.route('**/api/tenant-releases/**', async route => {
    if (mood === 'loading' || new URL(route.request().url()).pathname.endsWith('/events')) return;
    if (mood === 'error') {
      const error = { name: 'ServiceUnavailableError', message: 'Git has not answered yet' };
      await route.fulfill({ status: 503, json: { error, response: { statusCode: 503 } } });
      return;
    }
    await rewrite(route, mood === 'empty' ? emptied : aged);
  });
}
