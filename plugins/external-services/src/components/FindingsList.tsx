import {
  RiCloseLine,
  RiErrorWarningLine,
  RiInformationLine,
} from '@remixicon/react';
import type {
  Declaration,
  Finding,
} from '@external-services/backstage-plugin-external-services-common';
import { Host } from './Host';
import styles from './card.module.css';

const LOOKS = {
  error: { icon: RiCloseLine, tone: 'danger' },
  warning: { icon: RiErrorWarningLine, tone: 'warning' },
  info: { icon: RiInformationLine, tone: 'neutral' },
};

/** What reading and checking the files found: message, remedy and place. */
export function FindingsList(props: {
  findings: Finding[];
  /** Where the findings are when they do not say. */
  declaration?: Declaration;
}) {
  const { findings, declaration } = props;
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings}>
      {findings.map((finding, index) => {
        const { icon: Icon, tone } = LOOKS[finding.severity];
        const file = finding.file ?? declaration?.path;
        const line = finding.position?.line;
        return (
          <li
            key={`${finding.code} ${finding.path} ${index}`}
            className={styles.finding}
          >
            <span className={styles.checkMark} data-tone={tone}>
              <Icon size={16} aria-hidden />
            </span>
            <span>
              {/* Written by the rules, in the words of the API server. */}
              <span lang="en">
                {finding.message}
                {finding.hint && <> {finding.hint}</>}
              </span>{' '}
              {file && <Host name={line ? `${file}:${line}` : file} />}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
