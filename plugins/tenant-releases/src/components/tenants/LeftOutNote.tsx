import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { RiFileForbidLine } from '@remixicon/react';
import { useMemo, useState } from 'react';
import { describeLeftOut, leftOutGroups } from '../../domain/leftOut';
import { secondaryText } from '../../theme/secondaryText';
import { LeftOutDialog } from './LeftOutDialog';

const useStyles = makeStyles(
  theme => ({
    button: {
      alignSelf: 'flex-start',
      color: secondaryText(theme),
      textAlign: 'left',
      textTransform: 'none',
      lineHeight: 1.5,
    },
  }),
  { name: 'TenantReleasesLeftOutNote' },
);

/**
 * Says that the sources hold something that no tenant's row tells of, and shows what. The server tells only people who
 * may onboard tenants; for others nothing is drawn.
 */
export function LeftOutNote({ sources }: { sources: readonly SourceStatus[] }) {
  const classes = useStyles();
  const [isOpen, setOpen] = useState(false);
  const groups = useMemo(() => leftOutGroups(sources), [sources]);
  const text = describeLeftOut(groups);
  if (!text) return null;
  return (
    <>
      <Button
        className={classes.button}
        size="small"
        startIcon={<RiFileForbidLine size={16} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {text}
      </Button>
      <LeftOutDialog groups={groups} open={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
