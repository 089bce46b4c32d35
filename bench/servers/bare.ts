// `node:http` and nothing else: answers every request with the one answer that it was given.
import { createServer } from "node:http";

const { status, headers, body } = JSON.parse(process.env.BENCH_ANSWER ?? "") as {
  status: number;
  headers: string[];
  body: string;
};

createServer((_, response) => {
  response.writeHead(status, headers);
  response.end(body);
}).listen(Number(process.env.PORT), "127.0.0.1");
