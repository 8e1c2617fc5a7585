import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.stream.Collectors;

/**
 * Prints the table that {@code io.letschat.domain.Confusables} reads: for each code point that
 * stands by itself in NFD and is no default ignorable, what UTS 39 puts in its place. To be run
 * when there is a new Unicode:
 *
 * <pre>java -cp icu4j.jar domain/tools/WriteConfusables.java
 *   > domain/src/main/resources/io/letschat/domain/confusables.txt</pre>
 */
public final class WriteConfusables {
  public static void main(String[] arguments) {
    var checker = new SpoofChecker.Builder().build();
    System.out.println("# UTS 39 confusables, Unicode " + UCharacter.getUnicodeVersion());
    System.out.println(
        "# Copyright (c) 1991-2026 Unicode, Inc.; https://www.unicode.org/license.txt");
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
          || UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
          || !Normalizer2.getNFDInstance().isNormalized(text)) {
        continue;
      }
      String skeleton = checker.getSkeleton(text);
      if (!skeleton.equals(text)) {
        System.out.println(
            Integer.toHexString(c)
                + " "
                + skeleton
                    .codePoints()
                    .mapToObj(Integer::toHexString)
                    .collect(Collectors.joining(" ")));
      }
    }
  }
}
