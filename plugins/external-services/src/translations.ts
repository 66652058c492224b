import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * Every text of the external-services plugin, in English: one table, longer than
 * other files, since a translator works through all of it.
 *
 * Names, hosts, codes and YAML are parameters and are never translated.
 *
 * @public
 */
export const externalServicesTranslationRef = createTranslationRef({
  id: 'external-services',
  messages: {
    card: {
      title: 'External services',
      loading: 'External services are loading',
      services_one: '{{count}} service',
      services_other: '{{count}} services',
      attention_one: '{{services}}, {{count}} needs attention',
      attention_other: '{{services}}, {{count}} need attention',
      showAll_one: 'Show all {{count}}',
      showAll_other: 'Show all {{count}}',
      showFewer: 'Show fewer',
      moreInSync_one: '{{count}} more, in sync',
      moreInSync_other: '{{count}} more, all in sync',
      moreHealthy_one: '{{count}} more that needs no attention',
      moreHealthy_other: '{{count}} more, none needs attention',
      moreAttention_one: '{{hidden}} more, {{count}} needs attention',
      moreAttention_other: '{{hidden}} more, {{count}} need attention',
      orderChanged: 'Order changed.',
      sortAgain: 'Sort again',
    },
    actions: {
      checkNow: 'Check now',
      checking: 'checking',
      more: 'More',
      add: 'Add an external service',
      connect: 'Connect existing files',
      openAll: 'Open all',
      closeAll: 'Close all',
      copySummary: 'Copy summary',
      words: 'What do these words mean?',
      copyName: 'Copy name {{name}}',
      copied: 'Copied',
      copyFailed: 'Copying failed. Select the text instead.',
      rowMenu: 'Actions for {{name}}',
      retarget: 'Change target…',
      remove: 'Remove…',
      addToRepository: 'Add it to the repository',
      checkFiles: 'Check the files',
      openInRepository: 'Open in repository',
      tryAgain: 'Try again',
      copyError: 'Copy error',
      copy: 'Copy',
      close: 'Close',
      openCatalogInfo: 'Open catalog-info.yaml',
      showFiles: 'Show the files',
      hideFiles: 'Hide the files',
      showSources: 'Show sources',
      hideSources: 'Hide sources',
      showYaml: 'Show YAML',
      hideYaml: 'Hide YAML',
    },
    kind: {
      'dns-alias': 'DNS alias',
      'fixed-addresses': 'Fixed addresses',
      'fixed-addresses-direct': 'Fixed addresses, direct',
    },
    kindExplained: {
      'dns-alias':
        'DNS alias (ExternalName): Inside the cluster this name leads to a DNS name outside. Ports stay as they are.',
      'fixed-addresses':
        'Fixed addresses (Service without selector): The cluster gives the name one address of its own and spreads new connections over the addresses listed. It does not notice when one of them is down.',
      'fixed-addresses-direct':
        'Fixed addresses, direct (headless Service): Your app gets the listed addresses themselves and chooses one.',
    },
    row: {
      ports_one: 'port {{ports}}',
      ports_other: 'ports {{ports}}',
      lines: 'Environments of {{name}}',
      leadsTo: 'leads to',
      moreAddresses_one: '{{addresses}} and {{count}} more',
      moreAddresses_other: '{{addresses}} and {{count}} more',
      moreTargets_one: '{{targets}} and {{count}} more',
      moreTargets_other: '{{targets}} and {{count}} more',
      unknown: '{{source}} unknown',
      unknownMore_one: '{{source}} and {{count}} more unknown',
      unknownMore_other: '{{source}} and {{count}} more unknown',
      moreReasons_one: 'and {{count}} more',
      moreReasons_other: 'and {{count}} more',
      stateIn: '{{word}} in {{environment}}',
      stateInMore_one: '{{word}} in {{environment}} and {{count}} more',
      stateInMore_other: '{{word}} in {{environment}} and {{count}} more',
      allEnvironments: 'all environments',
      moreInSync_one: 'and {{count}} more environment, in sync',
      moreInSync_other: 'and {{count}} more environments, all in sync',
      moreHealthy_one: 'and {{count}} more environment that needs no attention',
      moreHealthy_other:
        'and {{count}} more environments, none needs attention',
      staleHealthy: '{{word}} {{age}}',
      staleProblem: '{{word}} (seen {{age}})',
    },
    failure: {
      'no-such-name': 'no such name',
      'no-address': 'no address',
      'no-answer': 'DNS server did not answer',
      'server-failed': 'DNS server failed',
      refused: 'DNS server refused to answer',
      'alias-loop': 'the names lead in a circle',
      'malformed-answer': 'DNS server gave an unusable answer',
    },
    failureFor: '{{failure}} for {{duration}}',
    state: {
      invalid: 'Invalid',
      'not-allowed': 'Not allowed',
      'not-applied': 'Not applied',
      unresolved: 'Does not resolve',
      unreachable: 'Cannot connect',
      certificate: 'Certificate fails',
      drifted: 'Differs',
      'answers-differ': 'Answers differ',
      expiring: 'Certificate ends soon',
      undeclared: 'Not in repository',
      'has-warnings': 'Has warnings',
      unknown: 'Unknown',
      'rolling-out': 'Rolling out',
      checking: 'Checking',
      proposed: 'Proposed',
      declared: 'Declared',
      resolves: 'Resolves',
      'in-sync': 'In sync',
    },
    sentence: {
      invalid: 'The cluster would refuse {{file}}:{{line}}: {{message}}',
      notAllowed:
        'The rules of your organisation do not allow {{target}} in {{environment}}.',
      notApplied_one: '{{cluster}} does not have {{name}}.',
      notApplied_other: '{{cluster}} do not have {{name}}.',
      unresolved: {
        'no-such-name': '{{target}}: no such name, since {{time}}.',
        'no-address': '{{target}} has no address since {{time}}.',
        'no-answer': '{{target}}: DNS server did not answer, since {{time}}.',
        'server-failed': '{{target}}: DNS server failed, since {{time}}.',
        refused: '{{target}}: DNS server refused to answer, since {{time}}.',
        'alias-loop': '{{target}}: the names lead in a circle, since {{time}}.',
        'malformed-answer':
          '{{target}}: DNS server gave an unusable answer, since {{time}}.',
      },
      unreachable: {
        refused: '{{address}} port {{port}} refused.',
        timeout: '{{address}} port {{port}} did not answer in {{seconds}} s.',
      },
      certificate: {
        expired: 'It expired on {{date}}.',
        name: 'It does not cover {{name}}.',
        untrusted: 'It is not trusted.',
      },
      drifted: '{{cluster}} runs {{live}}; the repository says {{declared}}.',
      driftedField:
        'In {{cluster}} one thing is not as the repository says: {{field}}.',
      clustersDiffer:
        '{{cluster}} runs {{live}}; {{other}} runs {{otherLive}}.',
      answersDiffer: '{{viewpointA}} sees {{a}}; {{viewpointB}} sees {{b}}.',
      expiring_one: 'It ends in {{count}} day, on {{date}}.',
      expiring_other: 'It ends in {{count}} days, on {{date}}.',
      undeclared_one:
        '{{cluster}} runs it; no file of {{component}} declares it.',
      undeclared_other:
        '{{cluster}} run it; no file of {{component}} declares it.',
      hasWarnings_one: '{{count}} warning: {{message}}',
      hasWarnings_other: '{{count}} warnings; the first: {{message}}',
      unknown: '{{source}} has not answered yet: {{reason}}',
      unknownPlain: '{{source}} has not answered yet.',
      silent: 'Nothing is known of {{source}}: {{reason}}.',
      viewpointSilent:
        'Nothing is known of {{target}}: DNS answers nothing that is asked from {{source}}. This is a problem of the portal, not of {{target}}.',
      rollingOut_one:
        'Merged {{age}}. {{cluster}} has until {{time}} before this counts as a problem.',
      rollingOut_other:
        'Merged {{age}}. {{cluster}} have until {{time}} before this counts as a problem.',
      checking: 'First check is running.',
      proposed:
        'Waits for pull request {{number}}, opened {{age}} by {{user}}.',
      declared: 'Stands in the repository. No cluster is connected to compare.',
      resolves_one:
        '{{target}} has {{count}} address. No cluster is connected to compare.',
      resolves_other:
        '{{target}} has {{count}} addresses. No cluster is connected to compare.',
      inSync: 'Repository, {{clusters}} and DNS agree.',
      inSyncFixed: 'Repository and {{clusters}} agree.',
      theCluster: 'the cluster',
    },
    panel: {
      loading: 'Details are loading',
      environment: 'Environment',
      problemRepository: 'Problem in the repository: {{sentence}}',
      problemCluster: 'Problem in the cluster: {{sentence}}',
      problemDns: 'Problem in DNS: {{sentence}}',
      problemConnection:
        'Problem at the target or on the way to it: {{sentence}}',
      problemCertificate: 'Problem with the certificate: {{sentence}}',
      leadsToMissing: '{{target}} leads to {{name}}, where the answer ends.',
      repositoryFine: 'Your repository is fine.',
      noOwner: 'No owner is known for {{target}}.',
      agrees:
        'Everything that can be checked from here agrees. If your app still fails, look at its credentials, its own DNS and the network rules.',
      agreesExcept:
        'Everything that can be checked from here agrees. Not checked: {{list}}. If your app still fails, look at its credentials, its own DNS and the network rules.',
      anotherAnswer: 'Your app may get another answer.',
      also: 'Also:',
      checks: 'Checks of {{name}}',
      useInApp: 'Use in your app',
      namespaceUnknown: 'in the namespace it is deployed to',
      copyName: 'Copy name',
      withPort: 'with port',
      copyWithPort: 'Copy name with port {{name}}',
      yaml: 'YAML of {{name}}',
    },
    check: {
      repository: 'Repository',
      cluster: 'Cluster',
      dns: 'DNS',
      connection: 'Connection',
      certificate: 'Certificate',
    },
    checkResult: {
      passed: 'passed',
      warning: 'warning',
      failed: 'failed',
      notChecked: 'not checked',
    },
    answer: {
      connected: 'The target accepts connections.',
      trusted: 'It covers the name and is trusted.',
      leadsTo: 'leads to {{target}}',
      leadsToPort_one: 'leads to {{target}}, port {{ports}}',
      leadsToPort_other: 'leads to {{target}}, ports {{ports}}',
      runsTheSame_one: '{{cluster}} runs the same.',
      runsTheSame_other: '{{cluster}} run the same.',
      runsIt_one: '{{cluster}} runs it.',
      runsIt_other: '{{cluster}} run it.',
      validFor_one: 'valid for {{count}} second',
      validFor_other: 'valid for {{count}} seconds',
      seen: 'seen {{age}}',
      seenFrom: 'seen from {{place}} {{age}}',
      lastGood: 'last good {{addresses}} at {{time}}',
      place: '{{file}}:{{line}}',
    },
    notChecked: {
      plain: 'Not checked',
      'no-cluster': 'Not checked: no cluster is connected to this portal.',
      'cluster-silent': 'Not checked: a cluster has not answered yet.',
      'rolling-out': 'Not compared yet: the change is being rolled out.',
      undeclared:
        'Not checked: only names that stand in a repository are looked up.',
      'probes-off':
        'Not checked: connection checks are turned off in this portal.',
      'no-address': 'Not checked: there is no address to connect to.',
      'no-connection': 'Not checked: there is no connection.',
      'fixed-addresses': 'Not checked: fixed addresses are used without DNS.',
      'viewpoint-silent':
        'Not checked: DNS answers nothing that the portal asks.',
      'not-asked':
        'Not checked: the portal looks up no names of this kind, or not so many. Your platform team decides which.',
      'not-visible-here':
        'Not checked: the DNS of this environment cannot be seen from the portal.',
      pending: 'Not checked yet: the first check is running.',
      invalid: 'Not checked: what the repository says must be valid first.',
    },
    announce: {
      invalid: '{{name}} is now invalid in {{environment}}',
      'not-allowed': '{{name}} is now not allowed in {{environment}}',
      'not-applied': '{{name}} is now not applied in {{environment}}',
      unresolved: '{{name}} now does not resolve in {{environment}}',
      unreachable: '{{name}} now cannot connect in {{environment}}',
      certificate: 'The certificate of {{name}} now fails in {{environment}}',
      drifted: '{{name}} now differs in {{environment}}',
      'answers-differ': 'Answers for {{name}} now differ in {{environment}}',
      expiring: 'The certificate of {{name}} ends soon in {{environment}}',
      undeclared: '{{name}} is now not in the repository in {{environment}}',
      'has-warnings': '{{name}} now has warnings in {{environment}}',
      unknown: '{{name}} is now unknown in {{environment}}',
      'rolling-out': '{{name}} is now rolling out in {{environment}}',
      checking: '{{name}} is now being checked in {{environment}}',
      proposed: '{{name}} is now proposed in {{environment}}',
      declared: '{{name}} is now declared in {{environment}}',
      resolves: '{{name}} now resolves in {{environment}}',
      'in-sync': '{{name}} is now in sync in {{environment}}',
      more_one: 'and {{count}} more change',
      more_other: 'and {{count}} more changes',
    },
    checkNow: {
      unchanged: 'Checked now. Nothing changed.',
      changed_one: 'Checked now. {{count}} change.',
      changed_other: 'Checked now. {{count}} changes.',
      tooSoon: 'Checked {{age}}. You can check again in {{seconds}} s.',
      tooSoonPlain: 'You can check again in {{seconds}} s.',
      still: 'Still checking {{source}}',
      stillPlain: 'Still checking. The card follows by itself.',
      allSources: 'all sources',
      failed: 'The check could not be started',
    },
    portal: {
      title: 'External services could not be loaded',
      fault:
        'This is a problem of the portal, not of {{component}}. {{reason}}',
      part: 'This part could not be loaded',
      paused: 'Live updates are paused. Shown is the state of {{time}}.',
      unreachable: 'Its server cannot be reached.',
      timeout: 'Its server did not answer in {{seconds}} s.',
      status: 'Its server answered with status {{status}}.',
      notInstalled: 'Its server does not know external services (status 404).',
      notFound: 'Its server does not find this component in the catalog.',
      tooMany_one:
        'Its server has too much to do. Try again in {{count}} second.',
      tooMany_other:
        'Its server has too much to do. Try again in {{count}} seconds.',
      unusable: 'Its server gave an answer that this page cannot read.',
      signedOut: 'Your sign-in has expired. Sign in again.',
    },
    permission: {
      title: 'You cannot see these mappings',
      description:
        'You may open {{component}}, but not its external services. Ask your platform team for the permission {{permission}}.',
    },
    empty: {
      title: 'No external services yet',
      description:
        'Does {{component}} use a database or an API outside the cluster? Give it one name for all environments.',
    },
    undeclared: {
      title_one:
        '{{count}} service runs for {{component}}, but its catalog-info.yaml names no files.',
      title_other:
        '{{count}} services run for {{component}}, but its catalog-info.yaml names no files.',
      titleIn_one:
        '{{count}} service runs for {{component}} in {{clusters}}, but its catalog-info.yaml names no files.',
      titleIn_other:
        '{{count}} services run for {{component}} in {{clusters}}, but its catalog-info.yaml names no files.',
    },
    cluster: {
      list: 'Clusters',
      repository: 'repository',
      field: 'field',
      since: 'since',
      differences: 'What differs in {{cluster}}',
      nothing: 'nothing',
      true: 'yes',
      false: 'no',
      silent: '{{cluster}}: {{reason}}.',
      likely: 'Likely reason: {{reason}}',
      details: 'Details',
      detailsOf: 'Details: {{reason}}',
    },
    field: {
      name: 'name',
      namespace: 'namespace',
      kind: 'kind',
      target: 'target',
      addresses: 'addresses',
      headless: 'direct addresses (headless)',
      hostnames: 'names of addresses',
      ports: 'ports',
      sessionAffinity: 'session affinity',
      publishNotReadyAddresses: 'addresses that are not ready',
      labels: 'labels',
      annotations: 'annotations',
      selector: 'selector',
    },
    likely: {
      'argo-cd-exclusion': 'Argo CD 3 does not apply address lists by default.',
      'deployer-rights':
        'The deployment may not write address lists; the roles edit and admin do not allow it.',
      'ignored-change':
        'The cluster keeps a headless Service headless and ignores the change.',
      'immutable-field':
        'The cluster refuses to make a Service headless; it has to be made anew.',
      'kustomize-link':
        'kustomize renamed the Service and not the label of its address list.',
      'kustomize-selector':
        'commonLabels of kustomize gave the Service a selector.',
      'mirroring-limit': 'The cluster copies the first 1000 addresses only.',
      'missing-service':
        'The address list is there, but the Service that it belongs to is not.',
      'other-identity': 'The Service belongs to another component.',
      'renamed-by-deployment': 'The deployment gives it another name.',
    },
    silence: {
      pending: 'it is being read for the first time',
      'not-collectable': 'the portal has no credentials of its own for it',
      'namespace-not-watched': 'the portal may not look into the namespace',
      'namespace-unknown': 'nothing says in which namespace to look',
      'namespace-not-bound':
        'the namespace in the file is not that of the environment in the portal',
      'addresses-unknown': 'the portal may not read its address lists',
      unauthorised: 'it does not accept the credentials of the portal',
      forbidden: 'it does not let the portal read Services',
      unreachable: 'it cannot be reached',
      certificate: 'its certificate is not accepted',
      timeout: 'it does not answer in time',
      server: 'it answers with an error',
    },
    connect: {
      title: 'Connect existing files',
      description:
        'Add this line to catalog-info.yaml of {{component}}. Paths start at that file’s folder; {{star}} stands for any name.',
      place: 'It belongs under {{path}}.',
    },
    files: {
      notFound: 'The files were not found',
      notFoundDescription_one:
        'catalog-info.yaml points to {{paths}}; branch {{branch}} has no such file.',
      notFoundDescription_other:
        'catalog-info.yaml points to {{paths}}; branch {{branch}} has no such files.',
      notFoundNoBranch:
        'catalog-info.yaml points to {{paths}}; the repository has no such file.',
      nothing: 'No external service in these files',
      nothingDescription_one: '{{count}} file was read from {{paths}}.',
      nothingDescription_other: '{{count}} files were read from {{paths}}.',
      list: 'Files that were read',
      unreadable: 'The repository cannot be read',
      unreadableDescription: '{{host}} answered: {{reason}}.',
      unreadableShown:
        '{{host}} answered: {{reason}}. Shown is what was read {{age}}.',
      noReason: 'no reason given',
      problems_one: '{{count}} problem in the files',
      problems_other: '{{count}} problems in the files',
      notes_one: '{{count}} note about the files',
      notes_other: '{{count}} notes about the files',
      remaining_one: 'and {{count}} more',
      remaining_other: 'and {{count}} more',
    },
    sources: {
      failed_one: '{{count}} of {{total}} sources did not answer',
      failed_other: '{{count}} of {{total}} sources did not answer',
      unreachableSince:
        '{{source}} cannot be reached since {{time}}. Its lines show what was seen then.',
      unreachable: '{{source}} cannot be reached.',
      failedSince:
        '{{source}}: {{reason}}, since {{time}}. Its lines show what was seen then.',
      failedBecause: '{{source}}: {{reason}}.',
      dns: 'DNS, asked from {{source}}',
      dnsSilentSince:
        'DNS answers nothing that is asked from {{source}}, since {{time}}. This is a problem of the portal, not of the services; their last good answers are shown.',
      dnsSilent:
        'DNS answers nothing that is asked from {{source}}. This is a problem of the portal, not of the services.',
      list: 'Sources',
      status: {
        ok: 'answers',
        pending: 'has not answered yet',
        failed: 'does not answer',
      },
      okSeen: 'answered {{age}}',
    },
    words: {
      title: 'What do these words mean?',
      states: 'States',
      terms: 'Words',
      about: {
        invalid: 'The cluster would refuse what the repository says.',
        'not-allowed': 'The rules of your organisation forbid this target.',
        'not-applied': 'The repository says it, but the cluster lacks it.',
        unresolved: 'DNS gives no address for the target.',
        unreachable: 'The target refuses connections or does not answer.',
        certificate:
          'The certificate has expired, covers another name or is not trusted.',
        drifted:
          'The cluster runs something else than the repository says (drift).',
        'answers-differ': 'Two DNS servers give different answers.',
        expiring: 'The certificate must be renewed soon.',
        undeclared: 'The cluster runs it, but no file declares it.',
        'has-warnings': 'It works, but something deserves a look.',
        unknown: 'A source has not answered yet.',
        'rolling-out': 'Merged; the cluster still has time to follow.',
        checking: 'The first check is running.',
        proposed: 'A pull request waits to be merged.',
        declared:
          'It stands in the repository. There is nothing to compare it with.',
        resolves: 'DNS gives addresses for the target.',
        'in-sync': 'Everything that was checked agrees.',
      },
      target: 'leads to, target',
      targetAbout: 'The system outside (externalName, endpoints).',
      clusterName: 'name in the cluster',
      clusterNameAbout:
        'What your app uses (Service DNS name). It works from every namespace when written in full.',
      namespace: 'namespace',
      namespaceAbout: 'The part of the cluster your app runs in.',
      addressList: 'address list',
      addressListAbout: 'Holds the addresses behind a name (EndpointSlice).',
      oldForm: 'address list, old form',
      oldFormAbout:
        'The same in the form that Kubernetes has replaced (Endpoints); some clusters still need it.',
      via: 'via',
      viaAbout: 'A DNS name that stands for another one (CNAME).',
      validFor: 'valid for',
      validForAbout: 'How long a DNS answer may be kept (TTL).',
    },
    summary: {
      head: '{{service}} ({{component}}, {{environment}}): {{word}}',
      headSince:
        '{{service}} ({{component}}, {{environment}}): {{word}} since {{time}}',
      check: '{{mark}} {{check}}: {{answer}}',
      checkSeen: '{{mark}} {{check}}: {{answer}} ({{seen}})',
      lastGood: 'Last good answer: {{addresses}} at {{time}}',
    },
  },
});
