"use client";

import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { classNames } from "./class-names";
import { dateText, instantText, nearDateText, nextChange, relativeText } from "./time-text";
import { Tooltip } from "./tooltip";

type TimeProps = {
  /** An instant: a Date or its ISO 8601 text. */
  value: Date | string;
  /** IANA zone; the browser's own when left out. */
  timeZone?: string;
  /** More lines for the tooltip, such as an address. */
  detail?: ReactNode;
  className?: string;
};

/** "5 days ago" or "in 5 days", kept current; the exact instant in the person's zone and in UTC on hover and focus. */
export function RelativeTime({ value, ...rest }: TimeProps) {
  const instant = new Date(value);
  const [now, setNow] = useState(() => new Date());

  useEffect(() => {
    // The server's text stands until here; a page from long ago is brought up to date at once.
    setNow(new Date());
  }, []);
  const at = instant.getTime();
  const [told, setTold] = useState(at);
  if (told !== at) {
    // Another instant may be later than the last look at the clock.
    setTold(at);
    setNow(new Date());
  }
  useEffect(() => {
    const timer = setTimeout(() => setNow(new Date()), nextChange(new Date(at), now));
    return () => clearTimeout(timer);
  }, [at, now]);

  return <Instant instant={instant} text={relativeText(instant, now)} {...rest} />;
}

/** "12 Mar 2026" in the person's zone; the exact instant on hover and focus. */
export function CalendarDate({ value, ...rest }: TimeProps) {
  const instant = new Date(value);
  const zone = useZone(rest.timeZone);
  return <Instant instant={instant} text={dateText(instant, zone)} {...rest} />;
}

/** "12 Mar 2026" of what is to come, with the hour where that is less than two days ahead. */
export function NearDate({ value, ...rest }: TimeProps) {
  const instant = new Date(value);
  const zone = useZone(rest.timeZone);
  const [now] = useState(() => new Date());
  return <Instant instant={instant} text={nearDateText(instant, now, zone)} {...rest} />;
}

/** "12 Mar 2026, 14:03:22 GMT+1" in the person's zone, with UTC on hover and focus. */
export function ExactTime({ value, ...rest }: TimeProps) {
  const instant = new Date(value);
  const zone = useZone(rest.timeZone);
  return <Instant instant={instant} text={instantText(instant, zone)} {...rest} />;
}

function Instant(props: Omit<TimeProps, "value"> & { instant: Date; text: string }) {
  const { instant, text, timeZone, detail, className } = props;
  const zone = useZone(timeZone);
  return (
    <Tooltip
      content={
        <>
          <span className="block">{instantText(instant, zone)}</span>
          {zone !== "UTC" && <span className="block opacity-75">{instantText(instant, "UTC")}</span>}
          {detail && <span className="block">{detail}</span>}
        </>
      }
    >
      <time
        dateTime={instant.toISOString()}
        // The server's clock and zone may differ from the browser's by the time this is shown.
        suppressHydrationWarning
        className={classNames("whitespace-nowrap", className)}
      >
        {text}
      </time>
    </Tooltip>
  );
}

/** The browser's zone; UTC on the server and for the first paint, so that both agree. */
export function useZone(given?: string): string {
  const own = useSyncExternalStore(
    () => () => {},
    () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    () => "UTC",
  );
  return given ?? own;
}
