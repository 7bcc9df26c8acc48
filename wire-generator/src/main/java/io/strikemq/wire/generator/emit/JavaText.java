package io.strikemq.wire.generator.emit;

/** Java source under construction: keeps the indentation. */
final class JavaText {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    JavaText line(String line) {
        if (!line.isEmpty()) {
            text.append("    ".repeat(depth)).append(line);
        }
        text.append('\n');
        return this;
    }

    JavaText blank() {
        return line("");
    }

    /** A line that ends with an opening brace. */
    JavaText open(String head) {
        line(head + " {");
        depth++;
        return this;
    }

    JavaText close() {
        return close("");
    }

    JavaText close(String tail) {
        depth--;
        return line("}" + tail);
    }

    /** Closes one block and opens the next on the same line, as in {@code } else {}. */
    JavaText reopen(String head) {
        depth--;
        line("} " + head + " {");
        depth++;
        return this;
    }

    /** One Javadoc comment of the given paragraphs and tags, each on its own line. */
    JavaText javadoc(String... lines) {
        if (lines.length == 1) {
            return line("/** " + lines[0] + " */");
        }
        line("/**");
        for (String line : lines) {
            line(line.isEmpty() ? " *" : " * " + line);
        }
        return line(" */");
    }

    /** Makes the prose of a definition safe inside Javadoc. */
    static String escape(String prose) {
        return prose.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("*/", "*&#47;")
                .replace("\\", "&#92;")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
