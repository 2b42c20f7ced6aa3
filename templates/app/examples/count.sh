printf 'one\ntwo\n' > notes.txt
netloom-__name__ count notes.txt
