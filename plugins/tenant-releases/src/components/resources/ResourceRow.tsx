import type { ReleaseResource } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { useId, useState } from 'react';
import { gitWord, healthStates, resourceRemark } from '../../domain/resources';
import { DiffText } from '../diff/DiffText';
import { Hint } from '../common/Hint';
import { StateLabel } from '../common/StateLabel';
import { useTableStyles } from '../common/useTableStyles';

const useStyles = makeStyles(
  theme => ({
    toggle: {
      marginLeft: theme.spacing(1),
      padding: 0,
      border: 0,
      background: 'none',
      color: theme.palette.primary.main,
      font: 'inherit',
      textDecoration: 'underline',
      cursor: 'pointer',
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 2 },
    },
    // The box scrolls; it must not push the columns apart.
    diff: {
      maxWidth: 0,
      padding: `${theme.spacing(0, 1.5, 1.5)} !important`,
      [theme.breakpoints.down('xs')]: {
        gridColumn: '1 / -1',
        maxWidth: 'none',
        padding: '0 !important',
      },
    },
    legend: { margin: theme.spacing(0.5, 0), whiteSpace: 'normal' },
  }),
  { name: 'TenantReleasesResourceRow' },
);

/** How far a resource stands in below the one that made it, pixels a step. */
const indent = 16;

/** One Kubernetes object; how it differs from Git is opened below it. */
export function ResourceRow({ resource, depth }: { resource: ReleaseResource; depth: number }) {
  const { group, kind, name, namespace, health, diff } = resource;
  const classes = useStyles();
  const table = useTableStyles();
  const [isOpen, setOpen] = useState(false);
  const diffId = useId();
  const git = gitWord(resource);
  const remark = resourceRemark(resource);
  return (
    <>
      <tr data-testid="resource-row">
        <th
          scope="row"
          className={table.name}
          style={depth > 0 ? { paddingLeft: 12 + depth * indent } : undefined}
        >
          {depth > 0 && <span aria-hidden>└ </span>}
          <Hint text={namespace ? `${name} in namespace ${namespace}` : name}>{name}</Hint>
        </th>
        <td data-label="Kind" className={table.name}>
          {group ? <Hint text={`${kind}.${group}`}>{kind}</Hint> : kind}
        </td>
        <td data-label="Git">
          {git.state ? <StateLabel state={git.state} word={git.word} /> : git.word}
          {diff && (
            <button
              type="button"
              className={classes.toggle}
              aria-expanded={isOpen}
              aria-controls={diffId}
              aria-label={`${isOpen ? 'hide' : ''} how ${kind} ${name} differs from Git`.trim()}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? 'hide' : 'how'}
            </button>
          )}
        </td>
        <td data-label="Health">
          {health ? (
            <StateLabel state={healthStates[health.status]} word={health.status} />
          ) : (
            <Hint text="Argo CD says no health of this kind">-</Hint>
          )}
        </td>
        <td data-label="Says" className={table.wide}>
          <div className={table.cut}>{remark && <Hint text={remark}>{remark}</Hint>}</div>
        </td>
      </tr>
      {diff && isOpen && (
        <tr id={diffId}>
          <td colSpan={5} className={classes.diff} data-label="Difference">
            <p className={classes.legend}>- what the cluster has, + what Git wants</p>
            <DiffText text={diff} label={`Difference of ${kind} ${name}`} />
          </td>
        </tr>
      )}
    </>
  );
}
