import { CustomErrorBase } from '@backstage/errors';

/** The backend answered with something else than agreed. */
export class UnreadableAnswerError extends CustomErrorBase {
  name = 'UnreadableAnswerError' as const;
}
