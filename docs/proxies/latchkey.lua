-- Asks Latchkey's gate whether a call may pass; belongs to haproxy.cfg beside it.

local GATE = "http://127.0.0.1:8081/verify?permission="

local IDENTITY = {
  "x-latchkey-organization",
  "x-latchkey-organization-slug",
  "x-latchkey-token",
  "x-latchkey-member",
  "x-latchkey-role",
  "x-latchkey-permissions",
  "x-latchkey-groups",
  "x-latchkey-audience",
}

-- What the caller gets of a refusal, beside its body.
local TOLD = {
  "content-type",
  "www-authenticate",
  "retry-after",
  "ratelimit",
  "ratelimit-policy",
  "latchkey-token-expires",
  "x-request-id",
}

-- What the caller gets beside the API's answer.
local TOLD_LATER = {
  ["latchkey-token-expires"] = "txn.latchkey_expires",
  ["ratelimit"] = "txn.latchkey_ratelimit",
  ["ratelimit-policy"] = "txn.latchkey_policy",
}

local PROBLEM = "application/problem+json"

local REASONS = {
  [401] = "Unauthorized",
  [403] = "Forbidden",
  [429] = "Too Many Requests",
  [503] = "Service Unavailable",
}

-- All lines of a header as a list, which HAProxy counts from 0.
local function lines(headers, name)
  local found = {}
  local sent = headers[name]
  local at = 0
  while sent and sent[at] do
    found[at + 1] = sent[at]
    at = at + 1
  end
  return found
end

local function refuse(txn, status, headers, body)
  local reply = txn:reply({ status = status, reason = REASONS[status] })
  for _, name in ipairs(TOLD) do
    for _, value in ipairs(lines(headers, name)) do
      reply:add_header(name, value)
    end
  end
  reply:add_header("cache-control", "no-store")
  reply:set_body(body)
  txn:done(reply)
end

local function unavailable(txn)
  refuse(
    txn,
    503,
    { ["content-type"] = { [0] = PROBLEM } },
    '{"type":"about:blank","title":"Service Unavailable","status":503}'
  )
end

core.register_action("latchkey", { "http-req" }, function(txn, permission)
  local sent = txn.http:req_get_headers()
  local answer = core.httpclient():get({
    url = GATE .. permission,
    headers = {
      ["host"] = lines(sent, "host"),
      ["authorization"] = lines(sent, "authorization"),
      ["user-agent"] = lines(sent, "user-agent"),
      ["x-forwarded-for"] = { txn.sf:src() },
      ["x-forwarded-method"] = { txn.sf:method() },
      ["x-forwarded-uri"] = { txn.sf:pathq() },
    },
    timeout = 3000,
  })
  if not answer or not answer.headers then
    return unavailable(txn)
  end
  if answer.status == 200 then
    if #lines(answer.headers, "x-latchkey-organization") ~= 1 or #lines(answer.headers, "x-latchkey-token") ~= 1 then
      return unavailable(txn)
    end
    for _, name in ipairs(IDENTITY) do
      for _, value in ipairs(lines(answer.headers, name)) do
        txn.http:req_add_header(name, value)
      end
    end
    for name, variable in pairs(TOLD_LATER) do
      local value = lines(answer.headers, name)[1]
      if value then
        txn:set_var(variable, value)
      end
    end
    txn:set_var("txn.latchkey_let_in", true)
  elseif REASONS[answer.status] and lines(answer.headers, "content-type")[1] == PROBLEM then
    -- HAProxy's own 503, where the gate cannot be reached, is a page for people.
    refuse(txn, answer.status, answer.headers, answer.body or "")
  else
    -- A redirect, a 204, a 404, a 500: none of them is an answer to a credential.
    unavailable(txn)
  end
end, 1)
