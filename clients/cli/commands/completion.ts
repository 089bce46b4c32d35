import type { Command } from "../command";
import { candidates } from "../complete";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** Each asks the command itself what may follow, so that what it offers is always what there is. */
const SCRIPTS: Record<string, string> = {
  bash: `_latchkey() {
  local IFS=$'\\n'
  COMPREPLY=($(latchkey complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _latchkey latchkey`,
  zsh: `#compdef latchkey
_latchkey() {
  local -a found
  found=("\${(@f)$(latchkey complete --described colon -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if (( \${#found[1]} )); then _describe 'latchkey' found; else _files; fi
}
if [[ "$funcstack[1]" == "_latchkey" ]]; then _latchkey "$@"; else compdef _latchkey latchkey; fi`,
  fish: `function __latchkey_complete
    set -l words (commandline -opc)
    set -e words[1]
    latchkey complete --described tab -- $words (commandline -ct) 2>/dev/null
end
complete -c latchkey -f -a "(__latchkey_complete)"`,
};

const HOW: Record<string, string> = {
  bash: 'eval "$(latchkey completion bash)"   # in ~/.bashrc',
  zsh: 'eval "$(latchkey completion zsh)"    # in ~/.zshrc, after compinit',
  fish: "latchkey completion fish > ~/.config/fish/completions/latchkey.fish",
};

export const completionCommands = (commands: () => readonly Command[]): readonly Command[] => [
  {
    path: "completion",
    words: "Prints a script that completes commands and options in your shell.",
    takes: [{ name: "SHELL", choices: SHELLS }],
    more: ["It asks latchkey itself, which has to be found by that name."],
    examples: SHELLS.map((shell) => [HOW[shell] ?? "", `For ${shell}`] as const),
    async run({ args, print }) {
      print.line(SCRIPTS[args[0] ?? ""] ?? "");
    },
  },
  {
    path: "complete",
    words: "Says what may follow, for the scripts of completion.",
    takes: [{ name: "WORD", many: true }],
    options: [{ name: "described", takes: "SEPARATOR", choices: ["colon", "tab"], words: "With a word on each." }],
    examples: [["latchkey complete -- tokens li", "What a shell asks"]],
    async run(call) {
      const kept = await call.profiles.read();
      const described = call.text("described");
      for (const { word, words } of candidates(call.args, commands(), Object.keys(kept.profiles))) {
        const colon = `${word.replaceAll(":", "\\:")}:${words}`;
        call.print.line(described === "tab" ? `${word}\t${words}` : described === "colon" ? colon : word);
      }
    },
  },
];
