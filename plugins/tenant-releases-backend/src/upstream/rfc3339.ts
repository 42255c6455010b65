import { z } from 'zod';

/** A time as Kubernetes and Argo CD write it (RFC 3339); what is none is not answered as one. */
export const rfc3339 = z.iso.datetime({ offset: true }).max(64);
