import { Html, html, page } from '../pages';
import { ExploreQuery, parseExplore } from './exploreQueries';
import { formatTime, parseTime } from './parseTime';

const product = 'Grafana';

/** `/d/<uid>/<slug>`: which dashboard would open, with which variables and range. */
export function dashboardPage(
  uid: string,
  slug: string | undefined,
  query: URLSearchParams,
  now: number,
): string {
  const variables = [...query].filter(([name]) => name.startsWith('var-'));
  const panel = query.get('viewPanel');
  const body = html`<p>Real Grafana would open this dashboard.</p>
    ${table([
      ['Dashboard (uid)', html`<code>${uid}</code>`],
      ['Slug', slug ? html`<code>${slug}</code>` : html`<span class="dim">none</span>`],
      ...(panel ? [['Panel', html`<code>${panel}</code>`] as [string, Html]] : []),
    ])}
    <h2>Variables</h2>
    ${variables.length > 0
      ? table(
          variables.map(([name, value]) => [
            name.slice('var-'.length),
            html`<code>${value}</code>`,
          ]),
        )
      : html`<p class="dim">None.</p>`}
    <h2>Time range</h2>
    ${rangeTable(query.get('from') ?? 'now-6h', query.get('to') ?? 'now', now)}`;
  return page(`Dashboard ${slug ?? uid}`, product, body.text);
}

/** `/explore`: which queries would open, on which data source, with which range. */
export function explorePage(query: URLSearchParams, now: number): { status: number; text: string } {
  try {
    const { queries, from, to } = parseExplore(query);
    const body = html`<p>Real Grafana would open Explore.</p>
      <h2>Queries</h2>
      ${queries.length > 0 ? queryTable(queries) : html`<p class="dim">None.</p>`}
      <h2>Time range</h2>
      ${rangeTable(from ?? query.get('from') ?? 'now-1h', to ?? query.get('to') ?? 'now', now)}`;
    return { status: 200, text: page('Explore', product, body.text) };
  } catch (error) {
    const body = html`<p class="bad">
      ✕ This link cannot be followed: ${(error as Error).message}.
    </p>`;
    return { status: 400, text: page('Explore', product, body.text) };
  }
}

/** `/`: what this server is for. */
export function homePage(): string {
  const body = html`<p>
    Links from the portal lead here, so that they can be followed and checked. Real Grafana would
    show dashboards and Explore; this page shows what a link asks it for.
  </p>`;
  return page('Home', product, body.text);
}

/** Every other address. */
export function missingPage(): string {
  const body = html`<p>There is no such page. <a href="/">Home</a></p>`;
  return page('Not found', product, body.text);
}

function rangeTable(from: string, to: string, now: number): Html {
  const row = (name: string, text: string, roundUp: boolean): [string, Html] => {
    const time = parseTime(text, now, roundUp);
    const exact = time === undefined ? undefined : formatTime(time);
    return [
      name,
      html`<code>${text}</code> ${exact
          ? html`<time datetime="${exact}">${exact}</time>`
          : html`<span class="bad">✕ not a time that Grafana understands</span>`}`,
    ];
  };
  return table([row('From', from, false), row('To', to, true)]);
}

function queryTable(queries: ExploreQuery[]): Html {
  return table(
    queries.map(({ datasource, expression }) => [
      datasource ?? 'default data source',
      html`<code>${expression}</code>`,
    ]),
  );
}

function table(rows: Array<[string, Html]>): Html {
  return html`<div class="scroll">
    <table>
      <tbody>
        ${rows.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
