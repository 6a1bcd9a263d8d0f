# Links of docfx's Markdown: a reference in a comment becomes a link to the page, and to the member on it, or the name in code where there is none.
# It leaves such references to its own build, which is not what a Git host does.
use strict;
use warnings;

sub link_to {
    my ($uid) = @_;
    $uid =~ s/%([0-9a-fA-F]{2})/chr hex $1/ge;
    my ($path, $arguments) = $uid =~ /^([^(]*)(\(.*)?$/;
    for (my $type = $path; $type; $type =~ s/(^|\.)[^.]*$//) {
        my $page = $type =~ s/`/-/gr . '.md';
        next unless -e "docs/api/$page";
        my $own = $type =~ s/^.*\.//r =~ s/`.*//r;
        return "[$own]($page)" if $type eq $path;
        my $member = substr($path, length($type) + 1) =~ s/#ctor/$own/r =~ s/`.*//r;
        my $anchor = $uid =~ s/[^A-Za-z0-9]/_/gr;
        # Members without an anchor are an enumeration's.
        open my $target, '<', "docs/api/$page" or die "$page: $!";
        return "[$own.$member]($page" . ((grep { /<a id="$anchor">/ } <$target>) ? "#$anchor)" : ')');
    }
    return '<code>' . ($path =~ s/^.*\.(?=[^.]+\.[^.]+$)//r) . '</code>';
}

while (<>) {
    s{<xref href="([^"]+)"[^>]*></xref>}{link_to($1)}ge;
    print;
}
