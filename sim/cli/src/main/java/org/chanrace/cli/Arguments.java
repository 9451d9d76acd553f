package org.chanrace.cli;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Arguments that are numbers and paths, read so that those which are none are told in words that are not Java's. */
final class Arguments {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

    private Arguments() {}

    /** For the command and all its subcommands. Classes, not lambdas: of those, Java 17 cannot make an archive when the interface is as old as picocli's. */
    static void registerWith(CommandLine line) {
        line.registerConverter(Path.class, new OfPaths());
        line.registerConverter(Integer.class, new OfInts());
        line.registerConverter(int.class, new OfInts());
        line.registerConverter(Long.class, new OfLongs());
        line.registerConverter(long.class, new OfLongs());
    }

    private static final class OfPaths implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            return path(text);
        }
    }

    private static final class OfInts implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
    }

    private static final class OfLongs implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    private static long whole(String text, long least, long most) {
        if (!WHOLE.matcher(text).matches()) throw new TypeConversionException("'" + text + "' is not a whole number");
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(most)) > 0) throw new TypeConversionException("'" + text + "' is too large: at most " + most);
        if (number.compareTo(BigInteger.valueOf(least)) < 0) throw new TypeConversionException("'" + text + "' is too small: at least " + least);
        return number.longValueExact();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            boolean isAscii = text.chars().allMatch(c -> c < 128);
            throw new TypeConversionException("'" + text.replaceAll("\\p{Cntrl}", "\uFFFD") + "' cannot be the name of a file"
                    + (isAscii ? "" : " in this locale, whose characters are " + characters() + "; set LC_ALL to one with UTF-8, as in LC_ALL=C.UTF-8"));
        }
    }

    private static String characters() {
        String name = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
        return name.equals("ANSI_X3.4-1968") ? "ASCII" : name;
    }
}
