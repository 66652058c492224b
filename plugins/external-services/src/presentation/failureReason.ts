import type { RequestFailure } from '../api/RequestFailure';
import type { Translate } from '../hooks/useTranslate';

/** Why the portal could not answer, as a sentence. */
export function failureReason(t: Translate, failure: RequestFailure): string {
  switch (failure.kind) {
    case 'timeout':
      return t('portal.timeout', { seconds: String(failure.seconds ?? '–') });
    case 'status':
      return t('portal.status', { status: String(failure.status ?? '–') });
    case 'not-installed':
      return t('portal.notInstalled');
    case 'not-found':
      return t('portal.notFound');
    case 'signed-out':
      return t('portal.signedOut');
    case 'too-many':
      return t('portal.tooMany', { count: failure.seconds ?? 0 });
    case 'unusable':
      return t('portal.unusable');
    default:
      return t('portal.unreachable');
  }
}
