import type { DemoToken } from "./demo-organization";

/** What Acme's own shop, its deliveries and its monitoring call with: ten live tokens. */
export const acmeProductTokens: readonly DemoToken[] = [
  {
    name: "Production integration",
    description: "Order sync, runs every minute",
    issuer: "admin",
    role: "Engineer",
    created: { days: 255, at: "09:12" },
    changed: { days: 201, at: "15:48", description: "Order sync" },
    expires: { in: 5 },
    usage: {
      pattern: { kind: "every", seconds: 60, lag: 12 },
      callers: [
        { ip: "203.0.113.24", agent: "acme-orders/3.2" },
        { ip: "203.0.113.25", agent: "acme-orders/3.2", share: 0.38 },
        { ip: "2001:db8:40::24", agent: "acme-orders/3.1", share: 0.06 },
      ],
    },
  },
  {
    name: "CDN cache purge",
    description: "Called by the deploy pipeline",
    issuer: "user",
    role: "Purge only",
    created: { days: 293, at: "13:05" },
    expires: { in: 61 },
    usage: {
      pattern: { kind: "deploys", chance: 0.6, calls: 14, utcOffset: 1 },
      growth: 0.3,
      callers: [
        { ip: "192.0.2.61", agent: "curl/8.9.1" },
        { ip: "192.0.2.62", agent: "curl/8.9.1", share: 0.31 },
      ],
    },
  },
  {
    name: "Mobile app backend",
    description: "Session service of the iOS and Android apps",
    issuer: "ifeoma",
    role: "User",
    created: { days: 176, at: "10:31" },
    usage: {
      pattern: { kind: "steady", calls: 4200, utcOffset: 1, weekend: 1.25 },
      growth: 0.55,
      forbidden: 0.002,
      callers: [
        { ip: "203.0.113.70", agent: "okhttp/4.12.0" },
        { ip: "203.0.113.71", agent: "okhttp/4.12.0", share: 0.33 },
        { ip: "203.0.113.72", agent: "okhttp/4.12.0", share: 0.31 },
        { ip: "2001:db8:40::70", agent: "okhttp/4.12.0", share: 0.04 },
      ],
    },
  },
  {
    name: "Mobile app backend (staging)",
    description: "Same service, test data",
    issuer: "ifeoma",
    role: "User",
    created: { days: 176, at: "10:36" },
    usage: {
      pattern: { kind: "office", peak: 85, utcOffset: 1, weekend: 0.05 },
      callers: [{ ip: "203.0.113.90", agent: "okhttp/4.12.0" }],
    },
  },
  {
    name: "Grafana dashboards",
    description: "Panels of the platform team, refreshed every five minutes",
    issuer: "engineer",
    role: "Viewer",
    created: { days: 338, at: "08:55" },
    usage: {
      pattern: { kind: "every", seconds: 300, lag: 138 },
      callers: [{ ip: "192.0.2.14", agent: "Grafana/11.4.0" }],
    },
  },
  {
    name: "Uptime monitor",
    description: "Probes from three regions, twice a minute",
    issuer: "rin",
    role: "Purge only",
    created: { days: 402, at: "16:20" },
    usage: {
      pattern: { kind: "every", seconds: 30, lag: 21 },
      callers: [
        { ip: "198.51.100.201", agent: "uptime-probe/2.7" },
        { ip: "198.51.100.202", agent: "uptime-probe/2.7", share: 0.33 },
        { ip: "2001:db8:51::3", agent: "uptime-probe/2.7", share: 0.49 },
      ],
    },
  },
  {
    name: "Audit log to SIEM",
    description: "Copies new audit events to the security team's collector",
    issuer: "rin",
    role: "Auditor",
    created: { days: 230, at: "11:02" },
    expires: { in: 135 },
    usage: {
      pattern: { kind: "every", seconds: 120, lag: 47 },
      callers: [{ ip: "192.0.2.140", agent: "vector/0.43.1" }],
    },
  },
  {
    name: "GitHub Actions release",
    description: "Publishes release notes and tags the deployment",
    issuer: "engineer",
    role: "Engineer",
    created: { days: 88, at: "14:17" },
    expires: { in: 2 },
    usage: {
      pattern: { kind: "deploys", chance: 0.28, calls: 9, utcOffset: 1 },
      forbidden: 0.04,
      callers: [
        { ip: "198.51.100.150", agent: "GitHub-Actions (actions/runner 2.321.0)" },
        { ip: "198.51.100.163", agent: "GitHub-Actions (actions/runner 2.321.0)", share: 0.35 },
        { ip: "198.51.100.178", agent: "GitHub-Actions (actions/runner 2.320.1)", share: 0.25 },
      ],
    },
  },
  {
    name: "🚀 本番デプロイ通知",
    description: "Slack の #deploys チャンネルに投稿します 📣",
    issuer: "rin",
    role: "Viewer",
    created: { days: 121, at: "05:40" },
    usage: {
      pattern: { kind: "deploys", chance: 0.45, calls: 3, utcOffset: 9 },
      callers: [{ ip: "203.0.113.180", agent: "axios/1.7.9" }],
    },
  },
  {
    name: "مزامنة طلبات المتجر",
    description: "ينقل الطلبات الجديدة إلى نظام المستودع كل ساعة",
    issuer: "ifeoma",
    role: "Viewer",
    created: { days: 64, at: "07:25" },
    expires: { in: 301 },
    usage: {
      pattern: { kind: "steady", calls: 36, utcOffset: 3, weekend: 0.8 },
      growth: 0.2,
      callers: [{ ip: "203.0.113.112", agent: "python-requests/2.32.3" }],
    },
  },
];
