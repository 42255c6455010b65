import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useId, useState } from 'react';
import { useShortcut } from './useShortcut';
import { ShortcutList } from './ShortcutList';

/** Opens on `?` and lists the keys. */
export function KeyboardHelp() {
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  const close = () => setOpen(false);
  useShortcut(event => event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey, {
    onPress: () => setOpen(true),
  });
  return (
    <Dialog open={isOpen} onClose={close} maxWidth="sm" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Keyboard</DialogTitle>
      <DialogContent dividers tabIndex={0} role="group" aria-labelledby={titleId}>
        <ShortcutList />
      </DialogContent>
      <DialogActions>
        <Link to="/help" onClick={close}>
          Help
        </Link>
        <Button onClick={close}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
