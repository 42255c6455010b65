import Button from '@material-ui/core/Button';
import { describeError } from '../../api/describeError';
import { Notice } from './Notice';

/** A failed call, in words, with a way to try again. */
export function ErrorNotice({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { title, text, retry } = describeError(error);
  return (
    <Notice
      kind="error"
      actions={
        retry && (
          <Button size="small" onClick={() => onRetry()}>
            Try again
          </Button>
        )
      }
    >
      <strong>{title}.</strong> {text}
    </Notice>
  );
}
