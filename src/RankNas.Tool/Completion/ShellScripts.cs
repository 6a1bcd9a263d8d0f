namespace RankNas.Tool.Completion;

/// <summary>The scripts by which shells complete command lines: each asks <c>ranknas complete</c>, so that it need not be renewed with the tool.</summary>
internal static class ShellScripts
{
    public static IReadOnlyDictionary<string, string> ByShell { get; } = new Dictionary<string, string>
    {
        ["bash"] = """
            # Completions of ranknas for bash. In ~/.bashrc: source <(ranknas completions bash)
            _ranknas() {
                local word rest files= current="${COMP_WORDS[COMP_CWORD]}"
                [ "$current" = '=' ] && current=
                COMPREPLY=()
                while IFS=$'\t' read -r word rest; do
                    if [ "$word" = ':files' ]; then files=1; else COMPREPLY+=("$word"); fi
                done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
                if [ -n "$files" ]; then
                    compopt -o filenames
                    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
                fi
            }
            complete -F _ranknas ranknas
            """,
        ["zsh"] = """
            #compdef ranknas
            # Completions of ranknas for zsh. In ~/.zshrc, after compinit: source <(ranknas completions zsh)
            _ranknas() {
                local -a found
                local word rest files=
                while IFS=$'\t' read -r word rest; do
                    if [[ $word == ':files' ]]; then files=1; else found+=("${word//:/\\:}:$rest"); fi
                done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
                (( $#found )) && _describe ranknas found
                [[ -n $files ]] && _files
            }
            if [[ ${funcstack[1]} == _ranknas ]]; then _ranknas "$@"; else compdef _ranknas ranknas; fi
            """,
        ["fish"] = """
            # Completions of ranknas for fish: ranknas completions fish > ~/.config/fish/completions/ranknas.fish
            function __ranknas_complete
                set -l words (commandline -opc)
                set -l current (commandline -ct)
                for line in (command $words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
                    if test "$line" = ':files'
                        __fish_complete_path "$current"
                    else
                        echo $line
                    end
                end
            end
            complete -c ranknas -f -a '(__ranknas_complete)'
            """,
        ["pwsh"] = """
            # Completions of ranknas for PowerShell 7.3 or later. In $PROFILE: ranknas completions pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName ranknas -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $words = @($commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
                if ($wordToComplete -eq '') { $words += '' }
                $arguments = @($words | Select-Object -Skip 1)
                & $words[0] complete '--' @arguments 2>$null | ForEach-Object {
                    $word, $rest = $_ -split "`t", 2
                    if ($word -eq ':files') {
                        [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
                    } else {
                        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $(if ($rest) { $rest } else { $word }))
                    }
                }
            }
            """,
    };
}
