import { ResponseError } from '@backstage/errors';

/** A failure in words for the person who looks at the page. */
export interface ErrorDescription {
  title: string;
  text: string;
  /** False when trying again cannot help. */
  retry: boolean;
}

const byStatus: Record<number, ErrorDescription> = {
  401: {
    title: 'You are signed out',
    text: 'Sign in again to go on.',
    retry: true,
  },
  403: {
    title: 'You may not see this',
    text: 'The group that owns the tenant and the platform team may. Ask them for access.',
    retry: false,
  },
  404: {
    title: 'Not found',
    text: 'There is no such release, or you may not see it. Its owners and the platform team know.',
    retry: true,
  },
  429: {
    title: 'Too many requests',
    text: 'The portal asks to slow down. It tries again by itself.',
    retry: true,
  },
};

/** What went wrong with a call of the backend, and what can be done. */
export function describeError(error: Error): ErrorDescription {
  if (error instanceof ResponseError) {
    const known = byStatus[error.statusCode];
    if (known) return known;
    // The backend words these for people and keeps addresses and secrets out of them.
    const reason = error.body.error.message || error.statusText;
    if (error.statusCode === 503) return { title: 'Not available now', text: reason, retry: true };
    if (error.statusCode < 500)
      return { title: 'The portal did not accept this', text: reason, retry: false };
    return {
      title: 'The portal failed',
      text: 'If it goes on, tell the platform team when: the log of the portal says why.',
      retry: true,
    };
  }
  if (error.name === 'UnreadableAnswerError') {
    return {
      title: 'The answer cannot be read',
      text: 'This page and the server may be of different versions: reload the page.',
      retry: true,
    };
  }
  return {
    title: 'The portal cannot be reached',
    text: 'The connection or the server is down. This page tries again by itself.',
    retry: true,
  };
}
