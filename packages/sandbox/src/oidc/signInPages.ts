import { html, page, pageHeaders } from '../pages';
import { Person } from './people';

const product = 'your company’s sign-in (OpenID Connect)';

/**
 * The headers of the pages. A chosen person is sent on to the portal, and browsers apply `form-action` to that redirect, too
 * (https://www.w3.org/TR/CSP3/#directive-form-action).
 */
export const signInHeaders = {
  ...pageHeaders,
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://localhost:*",
};

/**
 * The people to choose from.
 * @param action - where the choice is sent
 */
export function choicePage(action: string, people: readonly Person[]): string {
  const body = html`<p>Real sign-in would ask for a password. Here you choose who you are:</p>
    <form method="post" action="${action}">
      <div class="scroll">
        <table>
          <tbody>
            ${people.map(
              ({ login, name, email, part }) =>
                html`<tr>
                  <th scope="row">
                    <button name="person" value="${login}">${login}</button>
                  </th>
                  <td>
                    ${name}, ${part}<br />
                    <span class="dim">${email}</span>
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </form>`;
  return page('Who are you?', product, body.text);
}

/** What went wrong, and the way back. */
export function problemPage(message: string, portal: string): string {
  const body = html`<p class="bad">✕ ${message}</p>
    <p><a href="${portal}">Back to the portal</a></p>`;
  return page('Sign-in failed', product, body.text);
}

/** `/`: what this server is for. */
export function homePage(portal: string): string {
  const body = html`<p>
    The portal sends people here to sign in. <a href="${portal}">Open the portal</a>.
  </p>`;
  return page('Sign-in', product, body.text);
}
