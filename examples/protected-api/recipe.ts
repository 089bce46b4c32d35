import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const PROXIES = ["nginx", "caddy", "haproxy"] as const;
export type ProxyName = (typeof PROXIES)[number];

export interface Ports {
  /** Where the proxy listens. */
  proxy: number;
  /** The way of HAProxy's script to the gate. */
  inner: number;
  gate: number;
  api: number;
}

const RECIPES = fileURLToPath(new URL("../../docs/proxies/", import.meta.url));

/**
 * Writes the recipe of a proxy into `folder`, an empty one, with nothing changed but ports and paths, and what a proxy needs
 * around it to run as this user alone. Gives the arguments to start it with.
 */
export async function writeRecipe(
  name: ProxyName,
  folder: string,
  ports: Ports,
  /** For a test that breaks something. */
  edit: (text: string) => string = (text) => text,
): Promise<string[]> {
  const places: [string, string][] = [
    ["127.0.0.1:3001", `127.0.0.1:${ports.gate}`],
    ["127.0.0.1:4000", `127.0.0.1:${ports.api}`],
    ["127.0.0.1:8080", `127.0.0.1:${ports.proxy}`],
    ["http://:8080", `http://:${ports.proxy}`],
    ["127.0.0.1:8081", `127.0.0.1:${ports.inner}`],
    ["/etc/haproxy/", `${folder}/`],
  ];
  const recipe = async (file: string) => {
    let text = edit(await readFile(join(RECIPES, file), "utf8"));
    // In two steps, so that no port is taken for one that stands there already.
    for (const [at, [known]] of places.entries()) text = text.replaceAll(known, `\0${at}\0`);
    for (const [at, [, own]] of places.entries()) text = text.replaceAll(`\0${at}\0`, own);
    const path = join(folder, file);
    await writeFile(path, text);
    return path;
  };
  return COMMANDS[name](folder, recipe);
}

type Command = (folder: string, recipe: (file: string) => Promise<string>) => Promise<string[]>;

const COMMANDS: Record<ProxyName, Command> = {
  nginx: async (folder, recipe) => {
    const main = join(folder, "main.conf");
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    await mkdir(join(folder, "temp"));
    await writeFile(
      main,
      `daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
  access_log off;
  ${temporary.map((kind) => `${kind}_temp_path ${folder}/temp/${kind};`).join("\n  ")}
  include ${await recipe("nginx.conf")};
}
`,
    );
    return ["-p", folder, "-e", "stderr", "-c", main];
  },
  caddy: async (folder, recipe) => {
    const main = join(folder, "main");
    await writeFile(main, `{\n\tadmin off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\nimport ${await recipe("Caddyfile")}\n`);
    return ["run", "--adapter", "caddyfile", "--config", main];
  },
  haproxy: async (_folder, recipe) => {
    await recipe("latchkey.lua");
    return ["-db", "-f", await recipe("haproxy.cfg")];
  },
};

/** What a proxy finds in its environment: no home of the user's to read from or write to. */
export const environmentOf = (folder: string, more: Record<string, string> = {}) =>
  ({
    PATH: process.env.PATH ?? "",
    ...more,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  }) as Record<string, string> as NodeJS.ProcessEnv;
