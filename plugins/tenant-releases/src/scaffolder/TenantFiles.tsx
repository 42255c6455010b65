import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useQuery } from '@tanstack/react-query';
import { Notice } from '../components/common/Notice';
import { Placeholder } from '../components/common/Placeholder';
import { type FormValues, planFiles } from './dryRun';
import type { TenantFilesProps } from './fieldSchemas';
import { refusalsOf } from './refusals';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 },
    path: {
      margin: 0,
      fontSize: theme.typography.body2.fontSize,
      fontWeight: 600,
      overflowWrap: 'anywhere',
    },
    text: {
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      margin: theme.spacing(0.5, 0, 0),
      padding: theme.spacing(1, 1.5),
      borderRadius: 4,
      background: theme.palette.action.hover,
      color: theme.palette.text.primary,
      fontSize: '0.85rem',
      lineHeight: 1.5,
    },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'TenantReleasesTenantFiles' },
);

/** The template that asks, unless its field says another. */
const defaultTemplate = 'template:default/new-tenant';

/** The files of the pull request, exactly as they will be: the server writes them as it does when it opens it. */
export function TenantFiles({ formContext, uiSchema }: TenantFilesProps) {
  const classes = useStyles();
  const catalog = useApi(catalogApiRef);
  const scaffolder = useApi(scaffolderApiRef);
  const values = (formContext?.formData ?? {}) as FormValues;
  const template = uiSchema['ui:options']?.template ?? defaultTemplate;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['tenant-releases', 'planned-files', template, JSON.stringify(values)],
    queryFn: () => planFiles(template, values, { catalog, scaffolder }),
    staleTime: 30_000,
    retry: false,
  });
  if (error && !isFetching) {
    return (
      <Notice
        kind="error"
        actions={
          <Button size="small" onClick={() => refetch()}>
            Try again
          </Button>
        }
      >
        The pull request cannot be opened like this. Go back and correct:
        <ul className={classes.list}>
          {refusalsOf(error).map(text => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  if (!data) return <Placeholder lines={10} what="the files" />;
  return (
    <div className={classes.root}>
      <div role="status">
        The pull request adds these {data.length} files. The charts take them: this was tried.
      </div>
      {data.map(({ path, text }) => (
        <section key={path} aria-label={path}>
          <h3 className={classes.path}>{path}</h3>
          <pre className={classes.text}>{text}</pre>
        </section>
      ))}
    </div>
  );
}
