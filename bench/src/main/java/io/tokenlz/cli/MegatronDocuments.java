package io.tokenlz.cli;

/** The documents of a Megatron token file, each the tokens of its sequences in their order. */
final class MegatronDocuments implements DocumentSource {
    private final InputFile file;
    private final MegatronType type;
    private final TokenFileInput tokens;
    private final NumberColumn lengths;
    private final NumberColumn pointers;
    private final NumberColumn firsts;
    private long documentsLeft;
    private long nextFirst;
    private long sequencesLeft;
    private long tokensLeft;
    private long bytesRead;

    MegatronDocuments(InputFile file, MegatronIndex index) {
        this.file = file;
        this.type = index.type();
        this.tokens = new TokenFileInput(file, type.bytes());
        this.lengths = index.lengths();
        this.pointers = index.pointers();
        this.firsts = index.documentFirsts();
        this.documentsLeft = index.documents();
        this.nextFirst = firsts.next();
    }

    @Override
    public boolean nextDocument() {
        if (documentsLeft == 0) {
            return false;
        }
        documentsLeft--;
        long first = nextFirst;
        nextFirst = firsts.next();
        sequencesLeft = nextFirst - first;
        return true;
    }

    @Override
    public int read(int[] target) {
        while (tokensLeft == 0) {
            if (sequencesLeft == 0) {
                return 0;
            }
            sequencesLeft--;
            tokensLeft = lengths.next();
            tokens.seek(pointers.next());
        }
        int count = tokens.read(target, (int) Math.min(tokensLeft, target.length));
        if (count < 0) {
            throw new BadInput(file.name() + ": was shortened while it was read");
        }
        tokensLeft -= count;
        bytesRead += (long) count * type.bytes();
        return count;
    }

    @Override
    public long position() {
        return bytesRead;
    }
}
