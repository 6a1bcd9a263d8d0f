# Links of docfx's Markdown: a reference in a comment becomes a link to the page, and to the member on it, or the name in code where there is none.
# docfx leaves such references to its own build, and a Git host shows nothing of them. It also ends lines as Windows does.
use strict;
use warnings;

my %pages;
local $/;
for my $path (@ARGV) {
    open my $file, '<', $path or die "$path: $!";
    ($pages{$path =~ s/.*\///r} = <$file>) =~ s/\r\n/\n/g;
}

sub link_to {
    my ($uid) = @_;
    $uid =~ s/%([0-9a-fA-F]{2})/chr hex $1/ge;
    my ($path) = $uid =~ /^([^(]*)/;
    for (my $type = $path; $type; $type =~ s/(^|\.)[^.]*$//) {
        my $page = $type =~ s/`/-/gr . '.md';
        next unless $pages{$page};
        my $own = $type =~ s/^.*\.//r =~ s/`.*//r;
        return "[$own]($page)" if $type eq $path;
        my $member = substr($path, length($type) + 1) =~ s/#ctor/$own/r =~ s/`.*//r;
        # An enumeration's members have no anchor.
        my $anchor = $uid =~ s/[^A-Za-z0-9]/_/gr;
        return "[$own.$member]($page" . ($pages{$page} =~ /<a id="$anchor">/ ? "#$anchor)" : ')');
    }
    return '<code>' . ($path =~ s/^.*\.(?=[^.]+\.[^.]+$)//r) . '</code>';
}

for my $path (@ARGV) {
    my $text = $pages{$path =~ s/.*\///r} =~ s{<xref href="([^"]+)"[^>]*></xref>}{link_to($1)}ger;
    open my $file, '>', $path or die "$path: $!";
    print $file $text;
    close $file or die "$path: $!";
}
