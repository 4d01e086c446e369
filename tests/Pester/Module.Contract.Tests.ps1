# What every object of the module promises to a script. The types come from the cmdlets' OutputType, so a new one is in here by itself.
BeforeDiscovery {
    $module = Import-Module $env:LOGDELIVERY_MODULE -PassThru
    $seen = [Collections.Generic.HashSet[type]]::new()
    $queue = [Collections.Generic.Queue[type]]::new()
    (Get-Command -Module $module).OutputType.Type | Where-Object { $_.FullName -like 'LogDelivery.*' } | ForEach-Object { $queue.Enqueue($_) }

    # Engines and handles, which no script makes: a sandbox, a plan that carries policies, the catalog.
    $handles = 'LogDelivery.Commands.LogDeliverySandbox', 'LogDelivery.Repair.RepairPlan', 'LogDelivery.Sources.DeliverySource'
    while ($queue.Count) {
        $type = $queue.Dequeue()
        if ($type.IsEnum -or $type.FullName -in $handles -or $type.FullName -like 'LogDelivery.Policies.*' -or -not $seen.Add($type)) { continue }
        foreach ($property in $type.GetProperties()) {
            $inner = if ($property.PropertyType.IsArray) { $property.PropertyType.GetElementType() } else { $property.PropertyType }
            if ($inner.FullName -like 'LogDelivery.*' -and $inner.FullName -notlike 'LogDelivery.Sources.*') { $queue.Enqueue($inner) }
        }
    }
    $script:types = @($seen | Sort-Object -Property FullName | ForEach-Object { @{ Type = $_; Name = $_.FullName } })
}

BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:environment = Clear-AwsEnvironment
    $script:sandbox = Start-Scenario renamed-trail
    $script:to = Get-SandboxParameter $sandbox
    $script:health = Get-TrailDeliveryHealth @to
    $script:rows = Test-LogDeliveryBucketPolicy -Path (Join-Path $Samples 'renamed-trail.json') -Source CloudTrail -BucketName $TrailBucket -TrailArn $Trail
    $script:finding = @{ Id = 'LD0001'; Title = 'A title'; Severity = 'Blocks'; Evidence = 'What was seen.'; Remedy = 'What to do.' }
}

AfterAll {
    $sandbox | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $environment
}

Describe 'Each type' {
    It '<Name> is made of nothing' -ForEach $types {
        $Type.GetConstructor([type[]] @()) | Should -Not -BeNullOrEmpty
        New-Object -TypeName $Name | Should -BeOfType $Name
    }

    It '<Name> has arrays, words and UTC times' -ForEach $types {
        foreach ($property in $Type.GetProperties()) {
            $of = $property.PropertyType
            $kind = [Nullable]::GetUnderlyingType($of) ?? $of
            $kind.IsEnum | Should -BeFalse -Because "$($property.Name) would be a number in JSON"
            $of.IsInterface -and $of.FullName -notlike '*Dictionary*' | Should -BeFalse -Because "$($property.Name) is $of, and a script gives arrays"
            $kind | Should -Not -Be ([DateTimeOffset]) -Because "$($property.Name) is a time"
        }
    }
}

Describe 'An object of a script' {
    It 'is made of plain strings, arrays and hashtables' {
        $made = [LogDelivery.TrailDeliveryHealth] @{ Name = 'management'; State = 'failing'; Cause = @($finding, $finding); MissingPermissions = 'a', 'b' }
        $made.State | Should -BeExactly 'Failing'
        $made.Cause.Count | Should -Be 2
        $made.Cause[1].Id | Should -Be 'LD0001'
        $made.MissingPermissions -contains 'b' | Should -BeTrue
        $made | Format-Table | Out-String -Width 120 | Should -BeLike '*Failing*management*LD0001 A title*'
    }

    It 'refuses a word that is none, and names those that are' {
        { [LogDelivery.TrailDeliveryHealth] @{ State = 'Broken' } } | Should -Throw '*Broken*Healthy, *Failing*'
    }
}

Describe 'An object of a cmdlet' {
    It 'has arrays in strict mode' {
        Set-StrictMode -Version Latest
        $health.State | Should -Be 'Failing'
        $health.Cause.Count | Should -BeGreaterThan 0
        $health.Cause[0].Id | Should -Match '^LD\d{4}$'
        $health.Cause[0].Severity | Should -Be 'Blocks'
        { $health.Cause[$health.Cause.Count] } | Should -Throw
        @(foreach ($one in $health.Cause) { $one.Id }) | Should -Be @($health.Cause.Id)
    }

    It 'has words in JSON' {
        $json = $health | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $json.State | Should -BeExactly 'Failing'
        $json.Cause[0].Severity | Should -BeExactly 'Blocks'
        ($rows | ConvertTo-Json -Depth 4 | ConvertFrom-Json).Verdict | Should -Contain 'ImplicitDeny'
    }

    It 'has a line for a spreadsheet' {
        $csv = $health | ConvertTo-Csv | ConvertFrom-Csv
        $csv.State | Should -BeExactly 'Failing'
        $csv.CauseId | Should -Be (($health.Cause.Id | Select-Object -Unique) -join '; ')
        $csv.CauseText.Contains($health.Cause[0].Evidence) | Should -BeTrue
        $csv.Remedy.Contains($health.Cause[0].Remedy) | Should -BeTrue
    }

    It 'comes through Clixml with every value and the same views' {
        $file = Join-Path $TestDrive 'rows.xml'
        $health, $rows | ForEach-Object { $_ } | Export-Clixml -LiteralPath $file
        $back = Import-Clixml -LiteralPath $file
        $back[0].PSTypeNames[0] | Should -Be 'Deserialized.LogDelivery.TrailDeliveryHealth'
        $back[0].State | Should -BeExactly 'Failing'
        $back[0].Cause[0].Id | Should -Be $health.Cause[0].Id
        $back[0].Cause[0].Severity | Should -BeExactly 'Blocks'
        foreach ($view in 'Format-Table', 'Format-List') {
            $back[0] | & $view | Out-String -Width 120 | Should -Be ($health | & $view | Out-String -Width 120)
            $back[1..$rows.Count] | & $view | Out-String -Width 120 | Should -Be ($rows | & $view | Out-String -Width 120)
        }
    }

    It 'comes out of a job as it went in' {
        $ask = { param($module, $to) Import-Module $module; Get-TrailDeliveryHealth @to }
        $job = Start-Job -ScriptBlock $ask -ArgumentList $env:LOGDELIVERY_MODULE, $to
        $back = $job | Receive-Job -Wait -AutoRemoveJob
        $back.State | Should -BeExactly 'Failing'
        $back | Format-Table | Out-String -Width 120 | Should -Be ($health | Format-Table | Out-String -Width 120)
    }

    It 'is grouped, sorted and compared by its words' {
        ($rows | Group-Object -Property Verdict).Name | Should -Contain 'ImplicitDeny'
        ($rows | Sort-Object -Property Verdict).Count | Should -Be $rows.Count
        Compare-Object $rows $rows -Property Call, Verdict | Should -BeNullOrEmpty
        ($rows | Select-Object -Property Verdict -Unique).Count | Should -BeGreaterThan 0
    }
}
