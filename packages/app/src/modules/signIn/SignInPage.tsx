import { Progress } from '@backstage/core-components';
import { configApiRef, discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { SupportNote } from '../help';
import { PortalPage, useAppTitle } from '../layout';
import { PortalIdentity } from './PortalIdentity';
import { refusal } from './refusal';
import { fetchSession, NoSessionError, signInUrl, type Provider } from './session';

/** Remembers over a reload that somebody chose to be the guest; OpenID sessions are the browser's cookies. */
const guestKey = 'tenant-portal.guest';

/** The page by which everybody comes in. Who has a session already does not see it. */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const discovery = useApi(discoveryApiRef);
  const appTitle = useAppTitle();
  const [query, setQuery] = useSearchParams();
  const [problem, setProblem] = useState(() => messageOf(query));
  const [asking, setAsking] = useState(problem === undefined);
  const environment = config.getOptionalString('auth.environment') ?? 'development';

  const backend = useCallback(
    async () => ({ baseUrl: await discovery.getBaseUrl('auth'), environment }),
    [discovery, environment],
  );

  const enter = useCallback(
    async (provider: Provider) => {
      const auth = await backend();
      const session = await fetchSession(auth, provider);
      onSignInSuccess(
        new PortalIdentity({
          auth,
          provider,
          session,
          onLost: () => window.location.reload(),
          onSignOut: () => localStorage.removeItem(guestKey),
        }),
      );
    },
    [backend, onSignInSuccess],
  );

  useEffect(() => {
    // A sign-in that was just refused is shown, not tried again.
    if (problem) return;
    enter(localStorage.getItem(guestKey) ? 'guest' : 'oidc').catch(error => {
      if (!(error instanceof NoSessionError)) setProblem(error.message);
      setAsking(false);
    });
    // Once, when the page is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const signIn = async () => {
    setQuery(withoutError, { replace: true });
    window.location.assign(signInUrl(await backend(), new URL(window.location.href)));
  };
  const beGuest = () => {
    localStorage.setItem(guestKey, 'yes');
    enter('guest').catch(error => {
      localStorage.removeItem(guestKey);
      setProblem(
        error instanceof NoSessionError ? 'This portal has no guest access.' : error.message,
      );
    });
  };

  if (asking) return <Progress />;
  return (
    <PortalPage title={`Sign in to ${appTitle}`} documentTitle="Sign in">
      <p>
        This portal says for every tenant which version of the software should run, which one runs,
        since when, why, and whether it serves. After you sign in you see the tenants of your team;
        the platform team sees all of them. Your company account is your account here.
      </p>
      {problem && (
        <Typography color="error" role="alert">
          {problem}
        </Typography>
      )}
      <Button color="primary" variant="contained" onClick={signIn}>
        Sign in
      </Button>
      {environment === 'development' && (
        <>
          <h2>Try it as a guest</h2>
          <p>
            This portal is a trial, so that you may also look around without an account. A guest has
            the rights that the configuration gives to guests.
          </p>
          <Button color="primary" variant="outlined" onClick={beGuest}>
            Enter as a guest
          </Button>
        </>
      )}
      <SupportNote signedOut />
    </PortalPage>
  );
}

function messageOf(query: URLSearchParams): string | undefined {
  const error = query.get('error');
  return error === null ? undefined : refusal(error);
}

function withoutError(query: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(query);
  next.delete('error');
  return next;
}
