"use client";

import { useCallback, useEffect, useRef, useState } from "react";

const LEAST = 320;

/**
 * A message as a mail program shows it: in a frame in which no script runs, as high as what it says. Its links open beside
 * this page. It is light or dark as the page around it is.
 */
export function MailFrame({ html, title }: { html: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(LEAST);
  const measure = useCallback(() => {
    const page = frame.current?.contentDocument?.body;
    if (page) setHeight(Math.max(LEAST, page.scrollHeight));
  }, []);
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    // It may have loaded before anybody listened.
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [measure]);
  return (
    <iframe
      ref={frame}
      title={title}
      srcDoc={withLinksBeside(html)}
      onLoad={measure}
      // Its own origin, so that its height can be read; without scripts that origin lets it do nothing.
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      style={{ height }}
      className="w-full rounded-surface border border-line"
    />
  );
}

const withLinksBeside = (html: string) => html.replace(/<head\b[^>]*>/i, (head) => `${head}<base target="_blank">`);
