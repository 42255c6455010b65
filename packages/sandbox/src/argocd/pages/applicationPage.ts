import { Application, applicationSpecSchema, sourcesOf } from '../application';
import { projectOf } from '../controller/parseApplication';
import { ResourceTree } from '../controller/resourceTree';
import { Html, html, page } from '../../pages';
import { revisions, statusMark } from './statusMark';

/** `/applications/<namespace>/<name>`: one application with everything that is known of it. */
export function applicationPage(
  application: Application,
  tree: ResourceTree | undefined,
  connected: boolean,
): string {
  const { status = {} } = application;
  const away = html`<p class="bad" role="status">
    ✕ Kubernetes cannot be reached: this is the last known state.
  </p>`;
  const body = html`${connected ? undefined : away}
    <p><a href="/applications">All applications</a></p>
    ${summary(application)} ${conditions(application)}
    <h2>Last operation</h2>
    ${operation(application)}
    <h2>Resources</h2>
    ${resources(application, tree)}
    <h2>History</h2>
    ${history(status.history)}`;
  return page(application.metadata.name, 'Argo CD', body.text);
}

function summary(application: Application): Html {
  const { status = {} } = application;
  const parsed = applicationSpecSchema.safeParse(application.spec);
  const sources = parsed.success ? sourcesOf(parsed.data) : [];
  const namespace = parsed.success ? parsed.data.destination.namespace : undefined;
  const images = (status.summary?.images ?? []).map(image => html`<code>${image}</code><br />`);
  const rows: Array<[string, unknown]> = [
    ['Sync', html`${statusMark(status.sync?.status)} to ${revisions(status.sync)}`],
    ['Health', statusMark(status.health?.status)],
    ['Project', projectOf(application)],
    ...sources.map(({ repoURL, path, ref }): [string, unknown] => [
      'Source',
      html`<code>${repoURL}</code> <code>${path ?? ref}</code>`,
    ]),
    ['Namespace', namespace],
    ['Images', images.length > 0 ? images : html`<span class="dim">none</span>`],
    ['Compared at', status.reconciledAt ?? '-'],
  ];
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

function conditions({ status }: Application): Html | undefined {
  if (!status?.conditions?.length) return undefined;
  return html`<h2>Conditions</h2>
    ${status.conditions.map(
      each =>
        html`<p>
          <strong class="${each.type.endsWith('Warning') ? 'warn' : 'bad'}">${each.type}</strong>
          <span class="dim">${each.lastTransitionTime}</span><br />${each.message}
        </p>`,
    )}`;
}

function operation({ status }: Application): Html {
  const state = status?.operationState;
  if (!state) return html`<p class="dim">None yet.</p>`;
  const by = state.operation.initiatedBy?.automated
    ? 'automated'
    : state.operation.initiatedBy?.username;
  return html`<p>
    ${statusMark(state.phase)} ${state.message}<br />
    <span class="dim">${by}, started ${state.startedAt}, finished ${state.finishedAt ?? '-'}</span>
  </p>`;
}

function resources({ status }: Application, tree: ResourceTree | undefined): Html {
  const sync = new Map(
    (status?.resources ?? []).map(each => [`${each.kind}/${each.namespace}/${each.name}`, each]),
  );
  const nodes = tree?.nodes ?? [];
  if (nodes.length === 0) return html`<p class="dim">None known.</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Name</th>
          <th scope="col">Sync</th>
          <th scope="col">Health</th>
        </tr>
      </thead>
      <tbody>
        ${nodes.map(node => {
          const managed = sync.get(`${node.kind}/${node.namespace}/${node.name}`);
          return html`<tr>
            <td>${node.kind}</td>
            <td><code>${node.name}</code></td>
            <td>${managed ? statusMark(managed.status) : html`<span class="dim">owned</span>`}</td>
            <td>
              ${node.health ? statusMark(node.health.status) : '-'}${node.health?.message
                ? html`<br /><span class="dim">${node.health.message}</span>`
                : undefined}
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function history(entries: NonNullable<Application['status']>['history']): Html {
  if (!entries?.length) return html`<p class="dim">Nothing was deployed yet.</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Id</th>
          <th scope="col">Revision</th>
          <th scope="col">Deployed at</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        ${[...entries].reverse().map(
          each =>
            html`<tr>
              <td>${each.id}</td>
              <td>${revisions(each)}</td>
              <td>${each.deployedAt}</td>
              <td>${each.initiatedBy.automated ? 'automated' : each.initiatedBy.username}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
