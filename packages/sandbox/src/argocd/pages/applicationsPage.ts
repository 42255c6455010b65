import { Application } from '../application';
import { projectOf } from '../controller/parseApplication';
import { html, page } from '../../pages';
import { revisions, statusMark } from './statusMark';

/** `/applications`: all applications with their state. */
export function applicationsPage(applications: Application[], connected: boolean): string {
  const rows = applications.map(application => {
    const { name, namespace } = application.metadata;
    const { sync, health, reconciledAt } = application.status ?? {};
    return html`<tr>
      <td><a href="/applications/${namespace}/${encodeURIComponent(name)}">${name}</a></td>
      <td>${projectOf(application)}</td>
      <td>${statusMark(sync?.status)}</td>
      <td>${statusMark(health?.status)}</td>
      <td>${revisions(sync)}</td>
      <td>${reconciledAt ?? '-'}</td>
    </tr>`;
  });
  const empty = html`<p>No Application yet. The first one comes from gitops/bootstrap.</p>`;
  const table = html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col">Project</th>
          <th scope="col">Sync</th>
          <th scope="col">Health</th>
          <th scope="col">Revision</th>
          <th scope="col">Compared at</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
  const away = html`<p class="bad" role="status">
    ✕ Kubernetes cannot be reached: this is the last known state.
  </p>`;
  const body = html`${connected ? undefined : away}${rows.length > 0 ? table : empty}`;
  return page('Applications', 'Argo CD', body.text);
}
